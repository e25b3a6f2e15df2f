package org.soft4j.eval;

/** Hears how far an evaluation has come. */
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener SILENT = (task, shots, done, items) -> {};

  /**
   * After every chunk.
   *
   * @param task name
   * @param shots number of demonstrations
   * @param done items answered so far, those of an earlier run included
   * @param items of the task
   */
  void progress(String task, int shots, int done, int items);
}
