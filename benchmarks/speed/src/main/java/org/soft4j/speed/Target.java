package org.soft4j.speed;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A number to be reached, and whether it was.
 *
 * @param claim what is measured, in words
 * @param wanted at least so much, or at most where {@code atMost}
 * @param atMost whether less is better
 * @param reached NaN where it was not measured
 */
record Target(String claim, double wanted, boolean atMost, double reached) {
  static Target atLeast(String claim, double wanted, double reached) {
    return new Target(claim, wanted, false, reached);
  }

  static Target atMost(String claim, double wanted, double reached) {
    return new Target(claim, wanted, true, reached);
  }

  /** {@code reached}, {@code missed} or {@code not measured}. */
  String verdict() {
    if (Double.isNaN(reached)) {
      return "not measured";
    }
    return (atMost ? reached <= wanted : reached >= wanted) ? "reached" : "missed";
  }

  /** A value of a line, NaN where there is no line. */
  static double of(Optional<Measured> line, ToDoubleFunction<Measured> value) {
    return line.map(value::applyAsDouble).orElse(Double.NaN);
  }
}
