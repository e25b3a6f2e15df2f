package org.soft4j.plugin;

/** A command of {@code ./soft4j} that a jar brings along, found through ServiceLoader. */
public interface OutsideCommand {
  /** What follows {@code ./soft4j}. */
  String name();

  /** An object with picocli's annotations, new for each call. */
  Object command();
}
