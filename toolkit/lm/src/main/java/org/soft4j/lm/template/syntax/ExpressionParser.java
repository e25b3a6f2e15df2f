package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.node.Collected;
import org.soft4j.lm.template.node.Expression;
import org.soft4j.lm.template.node.Operation;

/** Reads expressions by Jinja's grammar, from the loosest operator to the closest. */
final class ExpressionParser {
  private static final List<String> COMPARING = List.of("==", "!=", "<=", ">=", "<", ">");

  private final Tokens tokens;
  private final UnknownNames unknown;
  private final OperandParser operands;

  ExpressionParser(Tokens tokens, UnknownNames unknown) {
    this.tokens = tokens;
    this.unknown = unknown;
    this.operands = new OperandParser(tokens, this, unknown);
  }

  OperandParser operands() {
    return operands;
  }

  /** An expression, or several with commas between them, which are a tuple. */
  Expression tuple(boolean withChoice) {
    Expression first = withChoice ? expression() : either();
    if (!tokens.sees(",")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !isTupleEnd()) {
      parts.add(withChoice ? expression() : either());
    }
    return new Collected.Sequence(parts, true);
  }

  private boolean isTupleEnd() {
    return tokens.seesAny(")", "recursive") || tokens.sees(Token.Kind.END);
  }

  /** One expression, perhaps with an if. */
  Expression expression() {
    int before = unknown.count();
    Expression value = either();
    while (tokens.skip("if")) {
      Expression condition = either();
      Expression otherwise =
          tokens.skip("else") ? tokens.nested(this::expression) : new Operation.NoElse();
      value = new Operation.Choice(condition, value, otherwise);
      unknown.allow(before);
    }
    return value;
  }

  /** One expression without an if. */
  Expression either() {
    Expression left = both();
    while (tokens.skip("or")) {
      left = new Operation.Logic(true, left, both());
    }
    return left;
  }

  private Expression both() {
    Expression left = negated();
    while (tokens.skip("and")) {
      left = new Operation.Logic(false, left, negated());
    }
    return left;
  }

  private Expression negated() {
    return tokens.skip("not") ? new Operation.Not(tokens.nested(this::negated)) : compared();
  }

  private Expression compared() {
    Expression first = sum();
    List<String> signs = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (String sign = comparing(); !sign.isEmpty(); sign = comparing()) {
      signs.add(sign);
      values.add(sum());
    }
    return signs.isEmpty() ? first : new Operation.Comparison(first, signs, values);
  }

  private String comparing() {
    if (tokens.skip("not", "in")) {
      return "not in";
    }
    if (tokens.skip("in")) {
      return "in";
    }
    boolean compares = tokens.sees(Token.Kind.SIGN) && COMPARING.contains(tokens.peek().text());
    return compares ? tokens.next().text() : "";
  }

  private Expression sum() {
    Expression left = joined();
    while (tokens.seesAny("+", "-")) {
      left = new Operation.Arithmetic(tokens.next().text(), left, joined());
    }
    return left;
  }

  private Expression joined() {
    Expression first = product();
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skip("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? first : new Operation.Joined(parts);
  }

  private Expression product() {
    Expression left = power();
    while (tokens.seesAny("*", "/", "//", "%")) {
      left = new Operation.Arithmetic(tokens.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = operands.signed(true);
    while (tokens.skip("**")) {
      left = new Operation.Arithmetic("**", left, operands.signed(true));
    }
    return left;
  }
}
