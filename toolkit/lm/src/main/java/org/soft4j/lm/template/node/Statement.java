package org.soft4j.lm.template.node;

import java.util.function.BiConsumer;

/** A part of a template that is run. */
public interface Statement {
  /** Where a loop goes on after a statement. */
  enum Flow {
    NEXT,
    CONTINUE,
    BREAK
  }

  /** The line in which it begins, counted from 1. */
  int line();

  /** Tells the scope around which names the statement reads and sets there. */
  void declare(Symbols symbols);

  /** Settles the names of the scopes within, when the scope around is complete. */
  default void link(Symbols symbols) {}

  /** Runs the statement. */
  Flow run(Frame frame, Output out);

  /**
   * Tells every name within, in the order of the source.
   *
   * @param visitor takes a name and whether it is set there, not read
   */
  void names(BiConsumer<String, Boolean> visitor);
}
