package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * if, elif and else: the block of the first condition that holds.
 *
 * @param branches in their order; the else has a condition that is true
 */
public record Condition(int line, List<Branch> branches) implements Statement {
  /** A block and when it is run. */
  public record Branch(int line, Expression condition, Block body) {}

  @Override
  public void declare(Symbols symbols) {
    symbols.read(branches.get(0).condition());
    List<Symbols> copies = new ArrayList<>();
    for (Branch branch : branches) {
      Symbols copy = symbols.copy();
      copy.read(branch.condition());
      branch.body().declare(copy);
      copies.add(copy);
    }
    symbols.merge(copies);
  }

  @Override
  public void link(Symbols symbols) {
    branches.forEach(branch -> branch.body().link(symbols));
  }

  @Override
  public Flow run(Frame frame, Output out) {
    for (Branch branch : branches) {
      if (holds(branch, frame)) {
        return branch.body().run(frame, out);
      }
    }
    return Flow.NEXT;
  }

  private static boolean holds(Branch branch, Frame frame) {
    try {
      return Operators.truth(branch.condition().value(frame));
    } catch (TemplateFault fault) {
      throw fault.in(branch.line());
    }
  }

  @Override
  public void names(BiConsumer<String, Boolean> visitor) {
    for (Branch branch : branches) {
      branch.condition().names(name -> visitor.accept(name, false));
      branch.body().names(visitor);
    }
  }
}
