package org.soft4j.core;

import java.util.List;

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
}
