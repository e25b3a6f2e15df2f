package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.soft4j.lm.template.tree.Expression;
import org.soft4j.lm.template.tree.Frame;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Tuple;
import org.soft4j.lm.template.value.Undefined;

/** Reads expressions by Jinja's grammar, from the loosest operator to the closest. */
final class ExpressionParser {
  private static final List<String> COMPARING = List.of("==", "!=", "<=", ">=", "<", ">");

  /**
   * What a choice without an else gives where its condition does not hold. Jinja2 lets it be
   * written and tested under strict names, too.
   */
  private static final Expression NO_ELSE =
      frame -> new Undefined("the value of an if without else", false);

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
    return tuple(parts);
  }

  /** The expression of a tuple. */
  static Expression tuple(List<Expression> parts) {
    return Expression.of(frame -> new Tuple(Expression.values(parts, frame)), parts);
  }

  private boolean isTupleEnd() {
    return tokens.seesAny(")", "recursive") || tokens.sees(Tokens.Kind.END);
  }

  /** One expression, perhaps with an if. */
  Expression expression() {
    int before = unknown.count();
    Expression value = either();
    while (tokens.skip("if")) {
      Expression condition = either();
      Expression otherwise = tokens.skip("else") ? tokens.nested(this::expression) : NO_ELSE;
      value = choice(condition, value, otherwise);
      unknown.allow(before);
    }
    return value;
  }

  private static Expression choice(Expression condition, Expression then, Expression otherwise) {
    return Expression.of(
        frame -> (Operators.truth(condition.value(frame)) ? then : otherwise).value(frame),
        condition,
        then,
        otherwise);
  }

  /** One expression without an if. */
  Expression either() {
    return chain(this::both, "or");
  }

  private Expression both() {
    return chain(this::negated, "and");
  }

  private Expression sum() {
    return chain(this::joined, "+", "-");
  }

  private Expression product() {
    return chain(this::power, "*", "/", "//", "%");
  }

  private Expression power() {
    return chain(() -> operands.signed(true), "**");
  }

  /** Operands with one of some operators between them, of which the first binds closest. */
  private Expression chain(Supplier<Expression> operand, String... signs) {
    Expression left = operand.get();
    while (tokens.seesAny(signs)) {
      String sign = tokens.next().text();
      left = operation(sign, left, operand.get());
    }
    return left;
  }

  private static Expression operation(String sign, Expression left, Expression right) {
    if (sign.equals("or") || sign.equals("and")) {
      boolean either = sign.equals("or");
      return Expression.of(frame -> logic(either, left.value(frame), right, frame), left, right);
    }
    return Expression.of(
        frame ->
            Operators.arithmetic(frame.rendering(), sign, left.value(frame), right.value(frame)),
        left,
        right);
  }

  /** The first value if it decides what both together are, else the second. */
  private static Object logic(boolean either, Object left, Expression right, Frame frame) {
    return Operators.truth(left) == either ? left : right.value(frame);
  }

  private Expression negated() {
    return tokens.skip("not") ? not(tokens.nested(this::negated)) : compared();
  }

  static Expression not(Expression value) {
    return Expression.of(frame -> !Operators.truth(value.value(frame)), value);
  }

  /** As {@code a < b < c}: every neighbour is compared, up to the first that does not hold. */
  private Expression compared() {
    List<Expression> values = new ArrayList<>(List.of(sum()));
    List<String> signs = new ArrayList<>();
    for (String sign = comparing(); !sign.isEmpty(); sign = comparing()) {
      signs.add(sign);
      values.add(sum());
    }
    return signs.isEmpty()
        ? values.get(0)
        : Expression.of(frame -> holds(signs, values, frame), values);
  }

  private static boolean holds(List<String> signs, List<Expression> values, Frame frame) {
    Object left = values.get(0).value(frame);
    for (int i = 0; i < signs.size(); i++) {
      Object right = values.get(i + 1).value(frame);
      if (!Operators.compared(frame.rendering(), signs.get(i), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private String comparing() {
    if (tokens.skip("not", "in")) {
      return "not in";
    }
    if (tokens.skip("in")) {
      return "in";
    }
    boolean compares = tokens.sees(Tokens.Kind.SIGN) && COMPARING.contains(tokens.peek().text());
    return compares ? tokens.next().text() : "";
  }

  /** Values put together as texts. */
  private Expression joined() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skip("~")) {
      parts.add(product());
    }
    return parts.size() == 1
        ? parts.get(0)
        : Expression.of(
            frame -> Operators.joined(frame.rendering(), Expression.values(parts, frame)), parts);
  }
}
