package org.soft4j.eval;

/** Hears how far an evaluation has come. */
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener SILENT = (done, items) -> {};

  /**
   * Whenever an answer has come.
   *
   * @param done items answered so far, over all tasks and numbers of shots; falls back when items
   *     have something more to ask
   * @param items all of them
   */
  void progress(int done, int items);
}
