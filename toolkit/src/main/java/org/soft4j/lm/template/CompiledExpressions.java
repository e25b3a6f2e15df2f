package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;
import java.util.Objects;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ExpressionFactory;
import jinjava.javax.el.MethodExpression;
import jinjava.javax.el.ValueExpression;

/** Hands jinjava the expressions of a template, which stand in it as their numbers. */
final class CompiledExpressions extends ExpressionFactory {
  private final List<Expression> expressions;
  private final boolean strict;

  CompiledExpressions(List<Expression> expressions, boolean strict) {
    this.expressions = expressions;
    this.strict = strict;
  }

  @Override
  public ValueExpression createValueExpression(ELContext context, String source, Class<?> type) {
    // As #{e12}, or #{[e12]} from a set, which wants the list of what it sets.
    String number = source.replaceAll("\\D", "");
    return new Numbered(source, expressions.get(Integer.parseInt(number)), strict);
  }

  @Override
  public Object coerceToType(Object value, Class<?> type) {
    return value;
  }

  @Override
  public MethodExpression createMethodExpression(
      ELContext context, String source, Class<?> type, Class<?>[] parameters) {
    throw new ELException("no methods");
  }

  @Override
  public ValueExpression createValueExpression(Object value, Class<?> type) {
    throw new ELException("no values");
  }

  /** One expression, as jinjava asks for its value. */
  private static final class Numbered extends ValueExpression {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final transient Expression expression;
    private final boolean strict;

    Numbered(String source, Expression expression, boolean strict) {
      this.source = source;
      this.expression = expression;
      this.strict = strict;
    }

    @Override
    public Object getValue(ELContext context) {
      try {
        return expression.value(Jinja.scope(JinjavaInterpreter.getCurrent(), strict));
      } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
        // jinjava would take the words of any other exception for a format.
        throw new ELException(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public String getExpressionString() {
      return source;
    }

    @Override
    public Class<?> getExpectedType() {
      return Object.class;
    }

    @Override
    public Class<?> getType(ELContext context) {
      return Object.class;
    }

    @Override
    public boolean isReadOnly(ELContext context) {
      return true;
    }

    @Override
    public void setValue(ELContext context, Object value) {
      throw new ELException("not a variable");
    }

    @Override
    public boolean isLiteralText() {
      return false;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbered numbered && numbered.expression == expression;
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(expression);
    }
  }
}
