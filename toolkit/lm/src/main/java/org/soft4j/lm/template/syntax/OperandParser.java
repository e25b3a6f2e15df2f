package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.filter.Filters;
import org.soft4j.lm.template.filter.Tests;
import org.soft4j.lm.template.syntax.Tokens.Kind;
import org.soft4j.lm.template.syntax.Tokens.Token;
import org.soft4j.lm.template.tree.Call;
import org.soft4j.lm.template.tree.Expression;
import org.soft4j.lm.template.tree.Frame;
import org.soft4j.lm.template.value.Dictionaries;
import org.soft4j.lm.template.value.Elements;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;

/** Reads what stands between operators: names, constants, brackets, and what follows them. */
final class OperandParser {
  private static final Expression NONE = constant(None.NONE);
  private static final List<Kind> BEGINNING =
      List.of(Kind.NAME, Kind.TEXT, Kind.WHOLE, Kind.FLOATING);

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final UnknownNames unknown;

  OperandParser(Tokens tokens, ExpressionParser expressions, UnknownNames unknown) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.unknown = unknown;
  }

  static Expression constant(Object value) {
    return frame -> value;
  }

  /** An operand with its signs; filters bind looser than a sign before them. */
  Expression signed(boolean withFilters) {
    Expression value =
        tokens.seesAny("-", "+")
            ? signed(tokens.next().text(), tokens.nested(() -> signed(false)))
            : primary();
    value = followed(value);
    return withFilters ? filtered(value) : value;
  }

  private static Expression signed(String sign, Expression number) {
    return Expression.of(frame -> Operators.signed(sign, number.value(frame)), number);
  }

  private Expression primary() {
    return switch (tokens.peek().kind()) {
      case NAME -> named(tokens.next());
      case TEXT -> quoted();
      case WHOLE -> constant(whole(tokens.next()));
      case FLOATING -> constant(Double.parseDouble(tokens.next().text().replace("_", "")));
      default -> bracketed();
    };
  }

  private static Expression named(Token name) {
    return switch (name.text()) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> NONE;
      case "self" -> throw new TemplateFault("the name self is not supported").in(name.line());
      default -> new Expression.Name(name.text());
    };
  }

  private Expression quoted() {
    StringBuilder text = new StringBuilder();
    while (tokens.sees(Kind.TEXT)) {
      text.append(tokens.next().text());
    }
    return constant(text.toString());
  }

  private static Object whole(Token token) {
    String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
    int radix =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    try {
      return Numbers.read(radix == 10 ? digits : digits.substring(2), radix);
    } catch (TemplateFault fault) {
      throw fault.in(token.line());
    }
  }

  private Expression bracketed() {
    if (tokens.skip("(")) {
      Expression inner =
          tokens.sees(")") ? ExpressionParser.tuple(List.of()) : expressions.tuple(true);
      tokens.expect(")");
      return inner;
    }
    if (tokens.skip("[")) {
      List<Expression> parts = new ArrayList<>();
      tokens.list("]", () -> parts.add(expressions.expression()));
      return Expression.of(frame -> Expression.values(parts, frame), parts);
    }
    if (tokens.skip("{")) {
      return dictionary();
    }
    throw tokens.unexpected("expected a value");
  }

  private Expression dictionary() {
    List<Expression> parts = new ArrayList<>();
    tokens.list(
        "}",
        () -> {
          parts.add(expressions.expression());
          tokens.expect(":");
          parts.add(expressions.expression());
        });
    return Expression.of(frame -> dictionary(parts, frame), parts);
  }

  /** A dictionary of keys and values by turns. */
  private static Map<Object, Object> dictionary(List<Expression> parts, Frame frame) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      Object key = parts.get(i).value(frame);
      if (key instanceof Undefined) {
        throw new TemplateFault(Repr.kind(key) + " as a key is not supported");
      }
      Dictionaries.put(map, key, parts.get(i + 1).value(frame));
    }
    return map;
  }

  private Expression followed(Expression first) {
    Expression value = first;
    while (tokens.seesAny(".", "[", "(")) {
      if (tokens.sees("(")) {
        value = new Call(value, arguments());
      } else {
        value = tokens.skip(".") ? member(value) : subscript(value);
      }
    }
    return value;
  }

  private Expression member(Expression value) {
    if (tokens.sees(Kind.WHOLE)) {
      return item(value, constant(whole(tokens.next())));
    }
    String name = tokens.expectName();
    return Expression.of(
        frame -> Members.attribute(frame.rendering(), value.value(frame), name), value);
  }

  private static Expression item(Expression value, Expression key) {
    return Expression.of(
        frame -> Members.item(frame.rendering(), value.value(frame), key.value(frame)), value, key);
  }

  private Expression subscript(Expression value) {
    tokens.expect("[");
    Optional<Expression> start = boundary();
    if (!tokens.skip(":")) {
      Expression key = start.orElseThrow(() -> tokens.unexpected("expected an index"));
      if (tokens.sees(",")) {
        throw tokens.unexpected("several indices are not supported");
      }
      tokens.expect("]");
      return item(value, key);
    }
    Expression end = boundary().orElse(NONE);
    Expression step = tokens.skip(":") ? boundary().orElse(NONE) : NONE;
    tokens.expect("]");
    return slice(value, start.orElse(NONE), end, step);
  }

  private Optional<Expression> boundary() {
    return tokens.seesAny(":", "]") ? Optional.empty() : Optional.of(expressions.expression());
  }

  private static Expression slice(
      Expression value, Expression start, Expression end, Expression step) {
    return Expression.of(
        frame -> {
          Object whole = frame.rendering().read(value.value(frame));
          return frame
              .rendering()
              .spent(
                  Elements.slice(whole, start.value(frame), end.value(frame), step.value(frame)));
        },
        value,
        start,
        end,
        step);
  }

  private Expression filtered(Expression first) {
    Expression value = first;
    while (tokens.seesAny("|", "is", "(")) {
      if (tokens.skip("|")) {
        value = filter(value);
      } else if (tokens.skip("is")) {
        value = test(value);
      } else {
        value = new Call(value, arguments());
      }
    }
    return value;
  }

  /** One filter, behind its line. */
  Expression filter(Expression value) {
    int line = tokens.line();
    String name = dotted();
    unknown.filter(name, line);
    Call.Given given = tokens.sees("(") ? arguments() : Call.Given.NOTHING;
    return Expression.of(
        frame -> {
          Object input = value.value(frame);
          return Filters.apply(frame.rendering(), name, input, given.value(frame));
        },
        given.parts(value));
  }

  private Expression test(Expression value) {
    boolean negated = tokens.skip("not");
    int line = tokens.line();
    String name = dotted();
    unknown.test(name, line);
    Call.Given given = testArguments();
    Expression test =
        Expression.of(
            frame -> {
              Object input = value.value(frame);
              return Tests.holds(frame.rendering(), name, input, given.value(frame));
            },
            given.parts(value));
    return negated ? ExpressionParser.not(test) : test;
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(tokens.expectName());
    while (tokens.skip(".")) {
      name.append('.').append(tokens.expectName());
    }
    return name.toString();
  }

  /** A test may have one argument without brackets, as in: is divisibleby 3. */
  private Call.Given testArguments() {
    if (tokens.sees("(")) {
      return arguments();
    }
    if (tokens.sees("is")) {
      throw tokens.unexpected("tests cannot be chained");
    }
    boolean given =
        !tokens.seesAny("else", "or", "and")
            && (tokens.seesAny("[", "{") || BEGINNING.contains(tokens.peek().kind()));
    return given ? Call.Given.of(followed(primary())) : Call.Given.NOTHING;
  }

  /** What stands in the brackets of a call. */
  private Call.Given arguments() {
    List<Expression> placed = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    List<Expression> list = new ArrayList<>();
    List<Expression> map = new ArrayList<>();
    tokens.expect("(");
    tokens.list(
        ")",
        () -> {
          require(map.isEmpty());
          if (tokens.skip("*")) {
            require(list.isEmpty());
            list.add(expressions.expression());
          } else if (tokens.skip("**")) {
            map.add(expressions.expression());
          } else if (tokens.sees(Kind.NAME) && tokens.sees(tokens.peek().text(), "=")) {
            named(named);
          } else {
            require(named.isEmpty() && list.isEmpty());
            placed.add(expressions.expression());
          }
        });
    return new Call.Given(placed, named, list.stream().findFirst(), map.stream().findFirst());
  }

  private void named(Map<String, Expression> named) {
    String name = tokens.expectName();
    tokens.expect("=");
    if (named.put(name, expressions.expression()) != null) {
      throw tokens.unexpected("the argument " + name + " is given twice");
    }
  }

  private void require(boolean holds) {
    if (!holds) {
      throw tokens.unexpected("arguments in another order are expected");
    }
  }
}
