package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.value.TextBuilder;

/** Statements that set variables to values. */
public sealed interface Assignment extends Statement {
  /** set. */
  record SetValue(int line, Target target, Expression value) implements Assignment {
    @Override
    public List<Part> parts() {
      return List.of(target, value);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.read(value);
      target.declare(symbols);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      target.assign(frame, value.value(frame));
      return Flow.NEXT;
    }
  }

  /** with: variables of a block. */
  record With(int line, List<Target> targets, List<Expression> values, Block body, Scope scope)
      implements Assignment {
    @Override
    public List<Part> parts() {
      List<Part> parts = new ArrayList<>(targets);
      parts.addAll(values);
      parts.add(body);
      return parts;
    }

    @Override
    public void declare(Symbols symbols) {
      values.forEach(symbols::read);
    }

    @Override
    public void link(Symbols symbols) {
      scope.link(symbols, own -> targets.forEach(own::parameter), body);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      Frame own = scope.enter(frame);
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(own, values.get(i).value(frame));
      }
      return body.run(own, out);
    }
  }
}
