package org.soft4j.lm.template.syntax;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.lm.template.node.Access;
import org.soft4j.lm.template.node.Applied;
import org.soft4j.lm.template.node.CallArguments;
import org.soft4j.lm.template.node.Collected;
import org.soft4j.lm.template.node.Expression;
import org.soft4j.lm.template.node.Operation;
import org.soft4j.lm.template.syntax.Token.Kind;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;

/** Reads what stands between operators: names, constants, brackets, and what follows them. */
final class OperandParser {
  private static final Expression NONE = new Expression.Constant(None.NONE);
  private static final List<Kind> BEGINNING =
      List.of(Kind.NAME, Kind.TEXT, Kind.WHOLE, Kind.FLOATING);

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final UnknownNames unknown;
  private final ArgumentParser arguments;

  OperandParser(Tokens tokens, ExpressionParser expressions, UnknownNames unknown) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.unknown = unknown;
    this.arguments = new ArgumentParser(tokens, expressions);
  }

  /** An operand with its signs; filters bind looser than a sign before them. */
  Expression signed(boolean withFilters) {
    boolean sign = tokens.seesAny("-", "+");
    Expression value =
        sign
            ? new Operation.Signed(tokens.next().text(), tokens.nested(() -> signed(false)))
            : primary();
    value = followed(value);
    return withFilters ? filtered(value) : value;
  }

  private Expression primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> named(tokens.next());
      case TEXT -> quoted();
      case WHOLE -> new Expression.Constant(whole(tokens.next()));
      case FLOATING ->
          new Expression.Constant(Double.parseDouble(tokens.next().text().replace("_", "")));
      default -> bracketed();
    };
  }

  private static Expression named(Token name) {
    return switch (name.text()) {
      case "true", "True" -> new Expression.Constant(true);
      case "false", "False" -> new Expression.Constant(false);
      case "none", "None" -> NONE;
      case "self" -> throw new SyntaxFault("the name self is not supported", name.line());
      default -> new Expression.Name(name.text());
    };
  }

  private Expression quoted() {
    StringBuilder text = new StringBuilder();
    while (tokens.sees(Kind.TEXT)) {
      text.append(tokens.next().text());
    }
    return new Expression.Constant(text.toString());
  }

  private static Object whole(Token token) {
    String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
    int radix =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    if (digits.length() > 1000) {
      throw new SyntaxFault("a number of more than 1000 digits is not supported", token.line());
    }
    return Numbers.held(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
  }

  private Expression bracketed() {
    if (tokens.skip("(")) {
      Expression inner =
          tokens.sees(")") ? new Collected.Sequence(List.of(), true) : expressions.tuple(true);
      tokens.expect(")");
      return inner;
    }
    if (tokens.skip("[")) {
      return list();
    }
    if (tokens.skip("{")) {
      return dictionary();
    }
    throw tokens.unexpected("expected a value");
  }

  private Expression list() {
    List<Expression> parts = new ArrayList<>();
    while (!tokens.skip("]")) {
      parts.add(expressions.expression());
      if (!tokens.sees("]")) {
        tokens.expect(",");
      }
    }
    return new Collected.Sequence(parts, false);
  }

  private Expression dictionary() {
    List<Expression> parts = new ArrayList<>();
    while (!tokens.skip("}")) {
      parts.add(expressions.expression());
      tokens.expect(":");
      parts.add(expressions.expression());
      if (!tokens.sees("}")) {
        tokens.expect(",");
      }
    }
    return new Collected.Dictionary(parts);
  }

  private Expression followed(Expression first) {
    Expression value = first;
    while (tokens.seesAny(".", "[", "(")) {
      if (tokens.sees("(")) {
        value = new Access.Call(value, arguments.read());
      } else {
        value = tokens.skip(".") ? member(value) : subscript(value);
      }
    }
    return value;
  }

  private Expression member(Expression value) {
    return tokens.sees(Kind.WHOLE)
        ? new Access.Item(value, new Expression.Constant(whole(tokens.next())))
        : new Access.Attribute(value, tokens.expectName());
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
      return new Access.Item(value, key);
    }
    Expression end = boundary().orElse(NONE);
    Expression step = tokens.skip(":") ? boundary().orElse(NONE) : NONE;
    tokens.expect("]");
    return new Access.Slice(value, start.orElse(NONE), end, step);
  }

  private Optional<Expression> boundary() {
    return tokens.seesAny(":", "]") ? Optional.empty() : Optional.of(expressions.expression());
  }

  private Expression filtered(Expression first) {
    Expression value = first;
    while (tokens.seesAny("|", "is", "(")) {
      if (tokens.skip("|")) {
        value = filter(value);
      } else if (tokens.skip("is")) {
        value = test(value);
      } else {
        value = new Access.Call(value, arguments.read());
      }
    }
    return value;
  }

  /** One filter, behind its line. */
  Expression filter(Expression value) {
    int line = tokens.line();
    String name = dotted();
    unknown.filter(name, line);
    return new Applied.Filter(
        value, name, tokens.sees("(") ? arguments.read() : CallArguments.NONE);
  }

  private Expression test(Expression value) {
    boolean negated = tokens.skip("not");
    int line = tokens.line();
    String name = dotted();
    unknown.test(name, line);
    Expression test = new Applied.Test(value, name, testArguments());
    return negated ? new Operation.Not(test) : test;
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(tokens.expectName());
    while (tokens.skip(".")) {
      name.append('.').append(tokens.expectName());
    }
    return name.toString();
  }

  /** A test may have one argument without brackets, as in: is divisibleby 3. */
  private CallArguments testArguments() {
    if (tokens.sees("(")) {
      return arguments.read();
    }
    if (tokens.sees("is")) {
      throw tokens.unexpected("tests cannot be chained");
    }
    boolean given =
        !tokens.seesAny("else", "or", "and")
            && (tokens.seesAny("[", "{") || BEGINNING.contains(tokens.peek().kind()));
    return given ? ArgumentParser.single(followed(primary())) : CallArguments.NONE;
  }
}
