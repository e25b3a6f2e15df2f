package org.soft4j.report;

import java.util.function.DoubleFunction;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;

/**
 * The 95 % interval of one score over its items: Wilson's for right or wrong, which stays within 0
 * and 1 and does not shrink to nothing at either end; else Student's, shares cut at 0 and 1.
 *
 * @param low lower end
 * @param high upper end
 */
record ScoreInterval(double low, double high) {
  private static final double NORMAL_95 = 1.959964;
  private static final double EQUAL = 1e-9;

  /**
   * The interval of a measurement over two items or more.
   *
   * @param share whether its values are shares of one
   */
  static ScoreInterval of(Measurement m, boolean share) {
    double p = m.value();
    if (share && rightOrWrong(m)) {
      double n = m.items();
      double z2 = NORMAL_95 * NORMAL_95;
      double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
      double half = NORMAL_95 / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
      return new ScoreInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
    double half = Statistics.studentHalf(0.95, m.items() - 1.0) * m.standardError();
    return share
        ? new ScoreInterval(Math.max(0, p - half), Math.min(1, p + half))
        : new ScoreInterval(p - half, p + half);
  }

  /** Values of 0 and 1 alone have this standard error, and no others with their mean have it. */
  private static boolean rightOrWrong(Measurement m) {
    double expected = Math.sqrt(m.value() * (1 - m.value()) / (m.items() - 1));
    return Math.abs(m.standardError() - expected) < EQUAL;
  }

  String text(DoubleFunction<String> number) {
    return number.apply(low) + " to " + number.apply(high);
  }
}
