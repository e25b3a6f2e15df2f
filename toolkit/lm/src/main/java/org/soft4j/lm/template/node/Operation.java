package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Undefined;

/** Expressions made of others with operators between them. */
public sealed interface Operation extends Expression {
  /** One of + - * / // % **. */
  record Arithmetic(String sign, Expression left, Expression right) implements Operation {
    @Override
    public Object value(Frame frame) {
      return Operators.arithmetic(frame.rendering(), sign, left.value(frame), right.value(frame));
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** A sign before a number. */
  record Signed(String sign, Expression number) implements Operation {
    @Override
    public Object value(Frame frame) {
      return Operators.signed(sign, number.value(frame));
    }

    @Override
    public List<Expression> parts() {
      return List.of(number);
    }
  }

  /** Values put together as texts. */
  record Joined(List<Expression> parts) implements Operation {
    @Override
    public Object value(Frame frame) {
      List<Object> values = new ArrayList<>(parts.size());
      parts.forEach(part -> values.add(part.value(frame)));
      return Operators.joined(frame.rendering(), values);
    }
  }

  /** The first value if it decides what both together are, else the second. */
  record Logic(boolean either, Expression left, Expression right) implements Operation {
    @Override
    public Object value(Frame frame) {
      Object value = left.value(frame);
      return Operators.truth(value) == either ? value : right.value(frame);
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** Whether a value does not hold. */
  record Not(Expression value) implements Operation {
    @Override
    public Object value(Frame frame) {
      return !Operators.truth(value.value(frame));
    }

    @Override
    public List<Expression> parts() {
      return List.of(value);
    }
  }

  /**
   * As {@code a < b < c} in Python: every neighbour is compared, up to the first that does not
   * hold.
   */
  record Comparison(Expression first, List<String> signs, List<Expression> others)
      implements Operation {
    @Override
    public Object value(Frame frame) {
      Object left = first.value(frame);
      for (int i = 0; i < signs.size(); i++) {
        Object right = others.get(i).value(frame);
        if (!Operators.compared(frame.rendering(), signs.get(i), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }

    @Override
    public List<Expression> parts() {
      List<Expression> all = new ArrayList<>(List.of(first));
      all.addAll(others);
      return all;
    }
  }

  /** One value if a condition holds, else the other. */
  record Choice(Expression condition, Expression then, Expression otherwise) implements Operation {
    @Override
    public Object value(Frame frame) {
      return (Operators.truth(condition.value(frame)) ? then : otherwise).value(frame);
    }

    @Override
    public List<Expression> parts() {
      return List.of(condition, then, otherwise);
    }
  }

  /**
   * What a choice without an else gives where its condition does not hold. Jinja2 lets it be
   * written and tested under strict names, too.
   */
  record NoElse() implements Operation {
    @Override
    public Object value(Frame frame) {
      return new Undefined("the value of an if without else", false);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }
}
