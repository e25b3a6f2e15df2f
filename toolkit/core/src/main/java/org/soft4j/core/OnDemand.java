package org.soft4j.core;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What belongs to each of many chunks, made when it is first asked for and forgotten when it is
 * taken, so that the requests of a million prompts need not stand in memory together.
 *
 * @param <A> what belongs to a chunk; equal each time it is made
 */
public final class OnDemand<A> {
  private final int size;
  private final IntFunction<A> make;
  private final Map<Integer, A> made = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param size how many chunks there are
   * @param make makes what belongs to one
   */
  public OnDemand(int size, IntFunction<A> make) {
    this.size = size;
    this.make = make;
  }

  private synchronized A get(int index) {
    return made.computeIfAbsent(index, make::apply);
  }

  /** Hands one out for the last time. */
  public synchronized A take(int index) {
    A known = made.remove(index);
    return known == null ? make.apply(index) : known;
  }

  /** A part of each, such as a chunk's requests; nothing is made before it is asked for. */
  public <Q> List<Q> list(Function<A, Q> part) {
    return new AbstractList<>() {
      @Override
      public Q get(int index) {
        return part.apply(OnDemand.this.get(index));
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
