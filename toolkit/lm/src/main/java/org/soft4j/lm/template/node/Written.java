package org.soft4j.lm.template.node;

import java.util.function.BiConsumer;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;

/** Statements that write, or leave a loop. */
public sealed interface Written extends Statement {
  /** Text between the sections of code. */
  record Text(int line, String text) implements Written {
    @Override
    public void declare(Symbols symbols) {}

    @Override
    public Flow run(Frame frame, Output out) {
      out.write(text);
      return Flow.NEXT;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {}
  }

  /** The value of an expression. */
  record Value(int line, Expression expression) implements Written {
    @Override
    public void declare(Symbols symbols) {
      symbols.read(expression);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      Rendering rendering = frame.rendering();
      out.write(rendering.spent(Repr.str(expression.value(frame))));
      return Flow.NEXT;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      expression.names(name -> visitor.accept(name, false));
    }
  }

  /** break or continue. */
  record Leave(int line, Flow flow) implements Written {
    @Override
    public void declare(Symbols symbols) {}

    @Override
    public Flow run(Frame frame, Output out) {
      return flow;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {}
  }
}
