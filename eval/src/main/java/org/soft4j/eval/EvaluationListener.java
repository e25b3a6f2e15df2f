package org.soft4j.eval;

/** Hears how far an evaluation has come. */
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener SILENT = (done, items) -> {};

  /**
   * After every chunk of requests.
   *
   * @param done items answered so far, over all tasks and numbers of shots
   * @param items all of them
   */
  void progress(int done, int items);
}
