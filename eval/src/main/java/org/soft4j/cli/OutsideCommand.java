package org.soft4j.cli;

/** A command of a module above this one, found by ServiceLoader. */
public interface OutsideCommand {
  /** What follows {@code ./soft4j}. */
  String name();

  /** An object with picocli's annotations, new for each call. */
  Object command();
}
