package org.soft4j.eval.metric;

/** A number over a draw of a task's items, which may hold an item several times. */
@FunctionalInterface
public interface Statistic {
  /**
   * Computes it.
   *
   * @param items numbers of the items, counted from 0
   */
  double over(int[] items);
}
