package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads expressions by Jinja's grammar, from the loosest operator to the closest. */
final class ExpressionParser {
  private static final List<String> COMPARING = List.of("==", "!=", "<=", ">=", "<", ">");

  private final TokenCursor tokens;
  private final OperandParser operands;

  /**
   * Reads from a section.
   *
   * @param names collects those of the filters and tests
   */
  ExpressionParser(TokenCursor tokens, Names names) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this, names);
  }

  /**
   * Names that a template uses.
   *
   * @param filters the filters'
   * @param tests the tests'
   */
  record Names(Set<String> filters, Set<String> tests) {}

  /** An expression, or several with commas between them, which are a tuple. */
  Expression tuple(boolean withChoice) {
    Expression first = withChoice ? expression() : either();
    if (!tokens.sees(",")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !tokens.seesAny(")", "if", "recursive") && !atEnd()) {
      parts.add(withChoice ? expression() : either());
    }
    return scope ->
        new PythonSequence(
            PythonSequence.Kind.TUPLE, parts.stream().map(part -> part.value(scope)).toList());
  }

  private boolean atEnd() {
    return tokens.sees(TemplateToken.Kind.END);
  }

  /** One expression, perhaps with an if. */
  Expression expression() {
    Expression value = either();
    while (tokens.skip("if")) {
      Expression condition = used(either());
      Expression then = value;
      Expression otherwise =
          tokens.skip("else") ? expression() : scope -> new Undefined("the inline if's else");
      value =
          scope ->
              Operators.truth(condition.value(scope)) ? then.value(scope) : otherwise.value(scope);
    }
    return value;
  }

  /** One expression without an if. */
  Expression either() {
    Expression left = both();
    while (tokens.skip("or")) {
      Expression one = used(left);
      Expression other = both();
      left =
          scope -> {
            Object value = one.value(scope);
            return Operators.truth(value) ? value : other.value(scope);
          };
    }
    return left;
  }

  private Expression both() {
    Expression left = negated();
    while (tokens.skip("and")) {
      Expression one = used(left);
      Expression other = negated();
      left =
          scope -> {
            Object value = one.value(scope);
            return Operators.truth(value) ? other.value(scope) : value;
          };
    }
    return left;
  }

  private Expression negated() {
    if (!tokens.skip("not")) {
      return compared();
    }
    Expression value = used(negated());
    return scope -> !Operators.truth(value.value(scope));
  }

  private Expression compared() {
    Expression first = sum();
    List<String> signs = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (String sign = comparing(); !sign.isEmpty(); sign = comparing()) {
      signs.add(sign);
      values.add(used(sum()));
    }
    return signs.isEmpty() ? first : chain(used(first), signs, values);
  }

  private String comparing() {
    if (tokens.skip("not", "in")) {
      return "not in";
    }
    if (tokens.skip("in")) {
      return "in";
    }
    return tokens.peek().kind() == TemplateToken.Kind.SIGN
            && COMPARING.contains(tokens.peek().text())
        ? tokens.next().text()
        : "";
  }

  /** As a < b < c in Python: every neighbour is compared, up to the first that does not hold. */
  private static Expression chain(Expression first, List<String> signs, List<Expression> values) {
    return scope -> {
      Object left = first.value(scope);
      boolean holds = true;
      for (int i = 0; holds && i < signs.size(); i++) {
        Object right = values.get(i).value(scope);
        holds = Operators.compared(scope, signs.get(i), left, right);
        left = right;
      }
      return holds;
    };
  }

  private Expression sum() {
    Expression left = concatenated();
    while (tokens.seesAny("+", "-")) {
      String sign = tokens.next().text();
      left = arithmetic(sign, left, concatenated());
    }
    return left;
  }

  private Expression concatenated() {
    Expression left = product();
    while (tokens.skip("~")) {
      Expression one = used(left);
      Expression other = used(product());
      left = scope -> Operators.joined(scope, one.value(scope), other.value(scope));
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (tokens.seesAny("*", "/", "//", "%")) {
      String sign = tokens.next().text();
      left = arithmetic(sign, left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = operands.signed(true);
    while (tokens.skip("**")) {
      left = arithmetic("**", left, operands.signed(true));
    }
    return left;
  }

  private static Expression arithmetic(String sign, Expression left, Expression right) {
    Expression one = used(left);
    Expression other = used(right);
    return scope -> Operators.arithmetic(scope, sign, one.value(scope), other.value(scope));
  }

  /** The same, where what is undefined may not be used. */
  static Expression used(Expression value) {
    return scope -> scope.used(value.value(scope));
  }
}
