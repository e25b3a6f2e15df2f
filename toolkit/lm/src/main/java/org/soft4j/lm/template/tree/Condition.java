package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;

/**
 * if, elif and else: the block of the first condition that holds.
 *
 * @param branches in their order; the else has a condition that is true
 */
public record Condition(int line, List<Branch> branches) implements Statement {
  /** A block and when it is run. */
  public record Branch(int line, Expression condition, Block body) implements Part {
    @Override
    public void names(NameVisitor visitor) {
      condition.names(visitor);
      body.names(visitor);
    }

    private boolean holds(Frame frame) {
      try {
        return Operators.truth(condition.value(frame));
      } catch (TemplateFault fault) {
        throw fault.in(line);
      }
    }
  }

  @Override
  public List<Part> parts() {
    return List.copyOf(branches);
  }

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
  public Flow run(Frame frame, TextBuilder out) {
    for (Branch branch : branches) {
      if (branch.holds(frame)) {
        return branch.body().run(frame, out);
      }
    }
    return Flow.NEXT;
  }
}
