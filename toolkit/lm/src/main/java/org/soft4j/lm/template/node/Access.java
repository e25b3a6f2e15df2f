package org.soft4j.lm.template.node;

import java.util.List;
import org.soft4j.lm.template.value.Elements;
import org.soft4j.lm.template.value.Members;

/** What follows a value: a point and a name, an index or a slice in brackets, a call. */
public sealed interface Access extends Expression {
  /** As value.name. */
  record Attribute(Expression value, String name) implements Access {
    @Override
    public Object value(Frame frame) {
      return Members.attribute(frame.rendering(), value.value(frame), name);
    }

    @Override
    public List<Expression> parts() {
      return List.of(value);
    }
  }

  /** As value[key]. */
  record Item(Expression value, Expression key) implements Access {
    @Override
    public Object value(Frame frame) {
      return Members.item(frame.rendering(), value.value(frame), key.value(frame));
    }

    @Override
    public List<Expression> parts() {
      return List.of(value, key);
    }
  }

  /** As value[start:end:step]. */
  record Slice(Expression value, Expression start, Expression end, Expression step)
      implements Access {
    @Override
    public Object value(Frame frame) {
      Object whole = frame.rendering().read(value.value(frame));
      return frame
          .rendering()
          .spent(Elements.slice(whole, start.value(frame), end.value(frame), step.value(frame)));
    }

    @Override
    public List<Expression> parts() {
      return List.of(value, start, end, step);
    }
  }

  /** As value(...). */
  record Call(Expression value, CallArguments arguments) implements Access {
    @Override
    public Object value(Frame frame) {
      return called(frame, arguments.value(frame, List.of()));
    }

    Object called(Frame frame, org.soft4j.lm.template.value.Arguments given) {
      return Members.called(frame.rendering(), value.value(frame), given);
    }

    @Override
    public List<Expression> parts() {
      return arguments.parts(value);
    }
  }
}
