package org.soft4j.lm.template.tree;

import java.util.List;
import org.soft4j.lm.template.value.TextBuilder;

/** Statements that write, or leave a loop. */
public sealed interface Written extends Statement {
  /** Text between the sections of code. */
  record Text(int line, String text) implements Written {
    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      out.add(text);
      return Flow.NEXT;
    }
  }

  /** The value of an expression. */
  record Value(int line, Expression expression) implements Written {
    @Override
    public List<Part> parts() {
      return List.of(expression);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.read(expression);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      out.add(frame.rendering().spent(frame.rendering().str(expression.value(frame))));
      return Flow.NEXT;
    }
  }

  /** break or continue. */
  record Leave(int line, Flow flow) implements Written {
    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      return flow;
    }
  }
}
