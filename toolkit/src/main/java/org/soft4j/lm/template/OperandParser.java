package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELException;
import org.soft4j.lm.template.TemplateToken.Kind;

/** Reads what stands between operators: names, constants, brackets, and what follows them. */
final class OperandParser {
  private final TokenCursor tokens;
  private final ExpressionParser expressions;
  private final ExpressionParser.Names names;

  OperandParser(TokenCursor tokens, ExpressionParser expressions, ExpressionParser.Names names) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.names = names;
  }

  /** An operand with its signs; filters bind looser than a sign before them. */
  Expression signed(boolean withFilters) {
    TemplateToken first = tokens.peek();
    Expression value;
    if (tokens.skip("-")) {
      Expression inner = ExpressionParser.used(signed(false));
      value = scope -> Numbers.calculated("-", 0L, inner.value(scope));
    } else if (tokens.skip("+")) {
      Expression inner = ExpressionParser.used(signed(false));
      value = scope -> Numbers.calculated("+", 0L, inner.value(scope));
    } else {
      value = primary();
    }
    value = followed(value, first);
    return withFilters ? filtered(value) : value;
  }

  private Expression primary() {
    TemplateToken token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> named(tokens.next().text());
      case TEXT -> quoted();
      case WHOLE -> number(tokens.next());
      case FLOATING -> constant(Double.parseDouble(tokens.next().text().replace("_", "")));
      default -> bracketed();
    };
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> constant(PythonValues.NONE);
      default -> scope -> scope.named(name);
    };
  }

  static Expression constant(Object value) {
    return scope -> value;
  }

  private Expression quoted() {
    StringBuilder text = new StringBuilder();
    while (tokens.sees(Kind.TEXT)) {
      text.append(tokens.next().text());
    }
    return constant(text.toString());
  }

  private static Expression number(TemplateToken token) {
    try {
      return constant(Long.parseLong(token.text().replace("_", "")));
    } catch (NumberFormatException e) {
      throw new TemplateSyntax("a number of more than 64 bits is not supported", token.start());
    }
  }

  private Expression bracketed() {
    if (tokens.skip("(")) {
      if (tokens.skip(")")) {
        return constant(PythonSequence.tuple());
      }
      Expression inner = expressions.tuple(true);
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
    return scope -> {
      List<Object> values = new ArrayList<>();
      parts.forEach(part -> values.add(part.value(scope)));
      return values;
    };
  }

  private Expression dictionary() {
    List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
    while (!tokens.skip("}")) {
      Expression key = ExpressionParser.used(expressions.expression());
      tokens.expect(":");
      entries.add(Map.entry(key, expressions.expression()));
      if (!tokens.sees("}")) {
        tokens.expect(",");
      }
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      entries.forEach(
          entry ->
              map.put(Members.key(entry.getKey().value(scope)), entry.getValue().value(scope)));
      return map;
    };
  }

  private Expression followed(Expression first, TemplateToken from) {
    Expression value = first;
    while (tokens.seesAny(".", "[", "(")) {
      value = follower(value, from);
    }
    return value;
  }

  private Expression follower(Expression before, TemplateToken from) {
    Expression value = ExpressionParser.used(before);
    if (tokens.skip("[")) {
      return subscript(value, from);
    }
    if (tokens.skip(".")) {
      return tokens.sees(Kind.WHOLE) ? numbered(value) : member(value, tokens.expectName());
    }
    String caller = tokens.since(from);
    Given given = arguments();
    return scope -> called(scope, value.value(scope), caller, given.value(scope));
  }

  private static Object called(Scope scope, Object value, String caller, Arguments arguments) {
    if (value instanceof Callable callable) {
      return scope.spent(callable.call(scope, arguments));
    }
    throw new ELException("the function " + caller + " is not known");
  }

  private Expression numbered(Expression value) {
    Expression number = number(tokens.next());
    return scope -> Members.item(scope, value.value(scope), number.value(scope));
  }

  private Expression member(Expression value, String name) {
    if (!tokens.sees("(")) {
      return scope -> Members.attribute(value.value(scope), name);
    }
    Given given = arguments();
    return scope -> Members.called(scope, value.value(scope), name, given.value(scope));
  }

  private Expression subscript(Expression value, TemplateToken from) {
    Expression start = boundary();
    if (!tokens.skip(":")) {
      tokens.expect("]");
      Expression key = ExpressionParser.used(start);
      return scope -> Members.item(scope, value.value(scope), key.value(scope));
    }
    Expression end = boundary();
    Expression step = tokens.skip(":") ? boundary() : constant(PythonValues.NONE);
    tokens.expect("]");
    String written = tokens.since(from);
    return scope ->
        sliced(
            scope,
            value.value(scope),
            List.of(start.value(scope), end.value(scope), step.value(scope)),
            written);
  }

  private Expression boundary() {
    return tokens.seesAny(":", "]") ? constant(PythonValues.NONE) : expressions.expression();
  }

  private static Object sliced(Scope scope, Object value, List<Object> bounds, String written) {
    Object step = bounds.get(2);
    if (step == PythonValues.NONE || Operators.equal(scope, step, 1L)) {
      return Members.slice(scope, value, bounds.get(0), bounds.get(1));
    }
    boolean whole = bounds.get(0) == PythonValues.NONE && bounds.get(1) == PythonValues.NONE;
    if (whole && Operators.equal(scope, step, -1L)) {
      return Members.reversed(scope, value);
    }
    throw new ELException("the step of " + written + " is not supported");
  }

  private Expression filtered(Expression first) {
    Expression value = first;
    while (tokens.seesAny("|", "is", "(")) {
      if (tokens.skip("|")) {
        value = filter(value);
      } else if (tokens.skip("is")) {
        value = test(value);
      } else {
        throw tokens.unsupported("a call of what a filter or a test gives");
      }
    }
    return value;
  }

  private Expression filter(Expression value) {
    String name = dotted();
    names.filters().add(name);
    Given given = tokens.sees("(") ? arguments() : scope -> Arguments.NONE;
    boolean lenient = List.of("default", "d").contains(name);
    Expression input = lenient ? value : ExpressionParser.used(value);
    return scope -> Filters.apply(scope, name, input.value(scope), given.value(scope));
  }

  private Expression test(Expression value) {
    boolean negated = tokens.skip("not");
    String name = dotted();
    names.tests().add(name);
    Given given = testArguments();
    boolean lenient = List.of("defined", "undefined").contains(name);
    Expression input = lenient ? value : ExpressionParser.used(value);
    return scope -> negated != Tests.holds(scope, name, input.value(scope), given.value(scope));
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(tokens.expectName());
    while (tokens.skip(".")) {
      name.append('.').append(tokens.expectName());
    }
    return name.toString();
  }

  /** A test may have one argument without brackets, as in: is divisibleby 3. */
  private Given testArguments() {
    if (tokens.sees("(")) {
      return arguments();
    }
    if (tokens.sees("is")) {
      throw tokens.unexpected("tests cannot be chained");
    }
    boolean given =
        !tokens.seesAny("else", "or", "and")
            && (tokens.seesAny("[", "{")
                || List.of(Kind.NAME, Kind.TEXT, Kind.WHOLE, Kind.FLOATING)
                    .contains(tokens.peek().kind()));
    if (!given) {
      return scope -> Arguments.NONE;
    }
    TemplateToken from = tokens.peek();
    Expression argument = followed(primary(), from);
    return scope -> new Arguments(List.of(argument.value(scope)), Map.of());
  }

  /** What stands in the brackets of a call. */
  private interface Given {
    Arguments value(Scope scope);
  }

  private Given arguments() {
    tokens.expect("(");
    List<Expression> placed = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skip(")")) {
      argument(placed, named);
      if (!tokens.sees(")")) {
        tokens.expect(",");
      }
    }
    return scope -> {
      Map<String, Object> values = new LinkedHashMap<>();
      named.forEach((name, value) -> values.put(name, value.value(scope)));
      return new Arguments(placed.stream().map(value -> value.value(scope)).toList(), values);
    };
  }

  private void argument(List<Expression> placed, Map<String, Expression> named) {
    if (tokens.seesAny("*", "**")) {
      throw tokens.unsupported("a call with " + tokens.peek().text());
    }
    String name = tokens.peek().text();
    if (!tokens.sees(Kind.NAME) || !tokens.sees(name, "=")) {
      if (!named.isEmpty()) {
        throw tokens.unexpected("expected an argument with a name");
      }
      placed.add(expressions.expression());
      return;
    }
    tokens.skip(name, "=");
    named.put(name, expressions.expression());
  }
}
