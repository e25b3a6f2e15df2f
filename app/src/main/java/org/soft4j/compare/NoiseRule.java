package org.soft4j.compare;

import java.util.List;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;

/**
 * The one rule by which a difference of scores is called noise, on every page and in every table:
 * its p-value, corrected for all that was looked at, is 5 % or more.
 *
 * <p>All scores of one benchmark in one comparison of two models (its metrics, at every number of
 * demonstrations) are one family. The correction is Holm's, within each family and over the
 * families ({@link Statistics#holm(double[], List)}). Intervals are 95 % intervals of one
 * difference alone; where one seems to say something else than the corrected p-value, {@link #why}
 * says why.
 */
public final class NoiseRule {
  /** A corrected p-value from here on is noise. */
  public static final double LEVEL = 0.05;

  /** The rule in two sentences, for pages and consoles. */
  public static final String WORDS =
      "Noise (○) is what has a corrected p-value of 5 % or more: exact McNemar test for right or"
          + " wrong, paired bootstrap for other means, Welch's test where items cannot be paired;"
          + " corrected after Holm within each benchmark, whose metrics and numbers of"
          + " demonstrations are one family, and over the benchmarks and models compared. Intervals"
          + " are of one difference alone; where one seems to say otherwise, its row says why.";

  private NoiseRule() {}

  /**
   * The corrected p-values of all tests of one page or table.
   *
   * @param families what each test belongs to: who is compared, and the benchmark
   */
  static double[] corrected(double[] p, List<?> families) {
    return Statistics.holm(p, families);
  }

  /** Whether a difference is noise; one without a p-value is. */
  public static boolean noise(double corrected) {
    return !(corrected < LEVEL);
  }

  /** An arrow up or down, or a circle for noise. */
  public static String mark(double gap, double corrected) {
    return noise(corrected) ? "○" : gap > 0 ? "▲" : "▼";
  }

  /**
   * Why the interval of a difference and its verdict seem to part ways; empty where they agree.
   *
   * @param low lower end of the 95 % interval of this difference alone
   * @param high upper end
   * @param p of this difference alone
   */
  public static String why(double low, double high, double p, double corrected) {
    boolean clear = low > 0 || high < 0;
    if (clear != noise(corrected) || Double.isNaN(corrected)) {
      return "";
    }
    if (!clear) {
      return "the interval reaches 0, and the test decides: p " + Decimals.probability(p);
    }
    return p < LEVEL
        ? "p %s alone, %s with the other scores"
            .formatted(Decimals.probability(p), Decimals.probability(corrected))
        : "the interval leaves out 0, but so few items moved that p is " + Decimals.probability(p);
  }
}
