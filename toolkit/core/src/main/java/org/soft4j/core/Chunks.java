package org.soft4j.core;

import java.util.ArrayList;
import java.util.List;

/** Lists in pieces. */
public final class Chunks {
  private Chunks() {}

  /** Works on a group of chunks. */
  @FunctionalInterface
  public interface Group<C> {
    /**
     * Takes the next chunks.
     *
     * @param first place of the first one among all
     */
    void take(int first, List<C> chunks);
  }

  /** The items in chunks of a size; the last one is smaller where they do not come out even. */
  public static <T> List<List<T>> of(List<T> items, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); ) {
      int to = from + Math.min(size, items.size() - from);
      chunks.add(items.subList(from, to));
      from = to;
    }
    return chunks;
  }

  /** Hands chunks over, so many at once as whoever computes them wants to have. */
  public static <C> void inGroups(List<C> chunks, int atOnce, Group<C> work) {
    int first = 0;
    for (List<C> group : of(chunks, atOnce)) {
      work.take(first, group);
      first += group.size();
    }
  }
}
