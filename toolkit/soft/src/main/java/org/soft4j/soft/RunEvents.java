package org.soft4j.soft;

/**
 * Hears how a run goes on; progress bars and logs implement it. Calls come from one thread.
 *
 * <p>A stage is named by one word: {@code evaluate}, {@code validate}, {@code difficulty}, {@code
 * label}, {@code train}.
 */
public interface RunEvents {
  /** Hears nothing. */
  RunEvents NONE = new RunEvents() {};

  /**
   * A stage begins.
   *
   * @param stage its name
   * @param round 0 for the base model
   * @param total items it will work through; -1 where unknown
   * @param done items found finished, from an interrupted run
   */
  default void started(String stage, int round, long total, long done) {}

  /**
   * A stage went on.
   *
   * @param stage its name
   * @param round its round
   * @param by further items finished
   */
  default void advanced(String stage, int round, long by) {}

  /** A stage ended; its files are written. */
  default void finished(String stage, int round) {}

  /** Something worth a line: what was left out, why the rounds ended. */
  default void note(String line) {}
}
