package org.soft4j.core;

/** Hears how a long job comes along. */
@FunctionalInterface
public interface Progress {
  /** Hears and shows nothing. */
  Progress SILENT = (what, total, unit) -> done -> {};

  /**
   * A step begins.
   *
   * @param what it does, for people
   * @param total how many units it has; 0 where unknown
   * @param unit such as {@code prompts}
   */
  Step start(String what, long total, String unit);

  /** Something that people should know while they wait; may be called from several threads. */
  default void say(String line) {}

  /** A step under way; closing it ends it. */
  @FunctionalInterface
  interface Step extends AutoCloseable {
    /** So many more units are done; may be called from several threads. */
    void advance(long units);

    /** So many units were done before the step began, and say nothing of its speed. */
    default void already(long units) {
      advance(units);
    }

    @Override
    default void close() {}
  }

  /**
   * Advances a step for work that tells how many units are done in all. What was done before the
   * first that it tells of, was done by an earlier start. For one thread.
   */
  final class Reached {
    private final Step step;
    private long told;

    /** Begins at 0. */
    public Reached(Step step) {
      this.step = step;
    }

    /** So many units are done now; fewer than before are no news. */
    public void at(long done) {
      if (told == 0 && done > 1) {
        step.already(done - 1);
        told = done - 1;
      }
      if (done > told) {
        step.advance(done - told);
        told = done;
      }
    }
  }
}
