package org.soft4j.eval;

/**
 * Offers a benchmark by name. Found by ServiceLoader, so that a jar on the class path adds its
 * benchmarks.
 */
public interface TaskProvider {
  /** Name of the task it opens. */
  String name();

  /** One line for lists. */
  String summary();

  /** Reads the items; a missing file is a UserError that says where to get it. */
  Task open(TaskOptions options);
}
