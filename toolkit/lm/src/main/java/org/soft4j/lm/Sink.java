package org.soft4j.lm;

/** Receives each result as it is ready, in any order; calls come from one thread at a time. */
@FunctionalInterface
public interface Sink<T> {
  /**
   * Takes one result.
   *
   * @param index position of the request in the list that was given
   * @param result its result
   */
  void accept(int index, T result);
}
