package org.soft4j.core;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Receives the results of several chunks that are computed at once. Calls come from one thread at a
 * time, the chunks in their order, whichever is finished first.
 *
 * @param <R> result of an item
 */
@FunctionalInterface
public interface ChunkSink<R> {
  /**
   * Takes a finished chunk. What it has taken is kept, whatever becomes of the chunks behind.
   *
   * @param chunk position of the chunk in the list that was given
   * @param results in the order of the chunk's items
   */
  void accept(int chunk, List<R> results);

  /**
   * Hears of progress before a chunk is finished.
   *
   * @param items finished since it heard last, of whichever chunk; over all calls as many as there
   *     are items, and none twice
   */
  default void advanced(int items) {}

  /** A sink of two parts: who keeps the chunks, and who hears of progress. */
  static <R> ChunkSink<R> of(ChunkSink<R> kept, IntConsumer advanced) {
    return new ChunkSink<>() {
      @Override
      public void accept(int chunk, List<R> results) {
        kept.accept(chunk, results);
      }

      @Override
      public void advanced(int items) {
        advanced.accept(items);
      }
    };
  }

  /** A sink of other results, of which this one's are made. */
  default <A> ChunkSink<A> after(Making<A, R> making) {
    return of((chunk, results) -> accept(chunk, making.of(chunk, results)), this::advanced);
  }

  /**
   * Makes results out of others.
   *
   * @param <A> the others
   * @param <R> what is made of them
   */
  @FunctionalInterface
  interface Making<A, R> {
    /** The results of a chunk, as many and in the same order. */
    List<R> of(int chunk, List<A> results);
  }
}
