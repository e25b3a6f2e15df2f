package org.soft4j.lm.template.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * Statements one after another.
 *
 * @param statements in their order
 */
public record Block(List<Statement> statements) {
  void declare(Symbols symbols) {
    statements.forEach(statement -> statement.declare(symbols));
  }

  void link(Symbols symbols) {
    statements.forEach(statement -> statement.link(symbols));
  }

  void names(BiConsumer<String, Boolean> visitor) {
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
  Statement.Flow run(Frame frame, Output out) {
    for (Statement statement : statements) {
      frame.rendering().spend(1);
      try {
        Statement.Flow flow = statement.run(frame, out);
        if (flow != Statement.Flow.NEXT) {
          return flow;
        }
      } catch (TemplateFault fault) {
        throw fault.in(statement.line());
      }
    }
    return Statement.Flow.NEXT;
  }
}
