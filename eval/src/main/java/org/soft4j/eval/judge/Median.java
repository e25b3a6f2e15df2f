package org.soft4j.eval.judge;

import java.util.List;
import java.util.OptionalDouble;

/** The middle of several values. */
final class Median {
  private Median() {}

  /** The middle value, or the mean of the two in the middle; empty for none. */
  static OptionalDouble of(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return OptionalDouble.of(
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
  }
}
