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

    @Override
    default void close() {}
  }
}
