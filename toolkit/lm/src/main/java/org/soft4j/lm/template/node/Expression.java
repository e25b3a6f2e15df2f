package org.soft4j.lm.template.node;

import java.util.List;
import java.util.function.Consumer;

/** An expression of a template. */
public interface Expression {
  /** Its value: {@link org.soft4j.lm.template.value.Undefined} where there is none. */
  Object value(Frame frame);

  /** The expressions that it is made of. */
  List<Expression> parts();

  /** Tells the names that it reads. */
  default void names(Consumer<String> reader) {
    parts().forEach(part -> part.names(reader));
  }

  /** The same for every rendering. */
  record Constant(Object value) implements Expression {
    @Override
    public Object value(Frame frame) {
      return value;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object value = frame.get(name);
      return value == null ? frame.rendering().undefined(name) : value;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }

    @Override
    public void names(Consumer<String> reader) {
      reader.accept(name);
    }
  }
}
