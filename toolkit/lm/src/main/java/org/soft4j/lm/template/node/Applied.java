package org.soft4j.lm.template.node;

import java.util.List;
import org.soft4j.lm.template.filter.Filters;
import org.soft4j.lm.template.filter.Tests;

/** A filter or a test of a value. */
public sealed interface Applied extends Expression {
  /** As value | name(...). */
  record Filter(Expression value, String name, CallArguments arguments) implements Applied {
    @Override
    public Object value(Frame frame) {
      Object input = value.value(frame);
      return Filters.apply(frame.rendering(), name, input, arguments.value(frame, List.of()));
    }

    @Override
    public List<Expression> parts() {
      return arguments.parts(value);
    }
  }

  /** As value is name(...). */
  record Test(Expression value, String name, CallArguments arguments) implements Applied {
    @Override
    public Object value(Frame frame) {
      Object input = value.value(frame);
      return Tests.holds(frame.rendering(), name, input, arguments.value(frame, List.of()));
    }

    @Override
    public List<Expression> parts() {
      return arguments.parts(value);
    }
  }

  /** What a block with filters has written. */
  record Written() implements Applied {
    @Override
    public Object value(Frame frame) {
      return frame.get(NAME);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }

    /** Is no name that a template could have. */
    static final String NAME = "what was written";
  }
}
