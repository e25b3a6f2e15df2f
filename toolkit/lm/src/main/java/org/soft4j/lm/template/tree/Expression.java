package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An expression of a template: what gives its value, and the expressions that it is made of. */
@FunctionalInterface
public interface Expression extends Part {
  /** Its value: {@link org.soft4j.lm.template.value.Undefined} where there is none. */
  Object value(Frame frame);

  /** The expressions that it is made of. */
  default List<Expression> parts() {
    return List.of();
  }

  @Override
  default void names(NameVisitor visitor) {
    parts().forEach(part -> part.names(visitor));
  }

  /** An expression that works with the values of others. */
  static Expression of(Function<Frame, Object> work, Expression... parts) {
    return of(work, List.of(parts));
  }

  /** An expression that works with the values of so many others. */
  static Expression of(Function<Frame, Object> work, List<Expression> parts) {
    record Operation(Function<Frame, Object> work, List<Expression> parts) implements Expression {
      @Override
      public Object value(Frame frame) {
        return work.apply(frame);
      }
    }

    return new Operation(work, parts);
  }

  /** The values of expressions, in a new list. */
  static List<Object> values(List<Expression> expressions, Frame frame) {
    List<Object> values = new ArrayList<>(expressions.size());
    expressions.forEach(each -> values.add(each.value(frame)));
    return values;
  }

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object value = frame.get(name);
      return value == null ? frame.rendering().undefined(name) : value;
    }

    @Override
    public void names(NameVisitor visitor) {
      visitor.name(name, false);
    }
  }
}
