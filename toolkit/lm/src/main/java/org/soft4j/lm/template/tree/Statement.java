package org.soft4j.lm.template.tree;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;

/** A part of a template that is run. */
public interface Statement extends Part {
  /** Where a loop goes on after a statement. */
  enum Flow {
    NEXT,
    CONTINUE,
    BREAK
  }

  /** The line in which it begins, counted from 1. */
  int line();

  /** What it is made of, in the order of Jinja2's syntax tree. */
  List<Part> parts();

  @Override
  default void names(NameVisitor visitor) {
    parts().forEach(part -> part.names(visitor));
  }

  /** Tells the scope around which names the statement reads and sets there. */
  default void declare(Symbols symbols) {}

  /** Settles the names of the scopes within, when the scope around is complete. */
  default void link(Symbols symbols) {}

  /** Runs the statement. */
  Flow run(Frame frame, TextBuilder out);

  /**
   * Statements one after another.
   *
   * @param statements in their order
   */
  record Block(List<Statement> statements) implements Part {
    static final Block EMPTY = new Block(List.of());

    void declare(Symbols symbols) {
      statements.forEach(statement -> statement.declare(symbols));
    }

    void link(Symbols symbols) {
      statements.forEach(statement -> statement.link(symbols));
    }

    @Override
    public void names(NameVisitor visitor) {
      statements.forEach(statement -> statement.names(visitor));
    }

    /** Those of some names that are read here, and not set before. */
    Set<String> undeclared(Set<String> wanted) {
      Set<String> open = new HashSet<>(wanted);
      Set<String> read = new HashSet<>();
      names(
          (name, set) -> {
            if (set) {
              open.remove(name);
            } else if (open.contains(name)) {
              read.add(name);
            }
          });
      return read;
    }

    /** Runs the statements, up to one that leaves a loop or its turn. */
    Flow run(Frame frame, TextBuilder out) {
      for (Statement statement : statements) {
        frame.rendering().spend(1);
        try {
          Flow flow = statement.run(frame, out);
          if (flow != Flow.NEXT) {
            return flow;
          }
        } catch (TemplateFault fault) {
          throw fault.in(statement.line());
        }
      }
      return Flow.NEXT;
    }
  }
}
