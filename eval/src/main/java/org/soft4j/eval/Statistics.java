package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/** Means with their errors, and the tests that compare two models on the same items or seeds. */
public final class Statistics {
  private Statistics() {}

  /**
   * An estimate with its interval.
   *
   * @param value the estimate
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double value, double low, double high) {}

  /**
   * The outcome of a paired comparison.
   *
   * @param difference mean of second minus first, with its interval
   * @param p two-sided probability of such a difference if there were none; NaN where undefined
   * @param pairs number of pairs
   */
  public record Comparison(Interval difference, double p, int pairs) {}

  /** Arithmetic mean; NaN for no values. */
  public static double mean(double[] values) {
    // A compensated sum over n: 231 of 240 are 0.9625 to the last bit, as 77 of 80 are.
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Standard error of the mean: sample standard deviation / square root of n; NaN below two. */
  public static double standardError(double[] values) {
    return values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values) / values.length);
  }

  /** Mean with Student's interval; both ends NaN below two values. */
  public static Interval tInterval(double[] values, double confidence) {
    double mean = mean(values);
    if (values.length < 2) {
      return new Interval(mean, Double.NaN, Double.NaN);
    }
    double half =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability((1 + confidence) / 2)
            * standardError(values);
    return new Interval(mean, mean - half, mean + half);
  }

  /** Paired t-test, for means over seeds: one value per seed and method. */
  public static Comparison pairedT(double[] first, double[] second, double confidence) {
    double[] differences = differences(first, second);
    Interval interval = tInterval(differences, confidence);
    double p = Double.NaN;
    if (differences.length >= 2) {
      boolean constant = standardError(differences) == 0;
      p = constant ? (interval.value() == 0 ? 1 : 0) : new TTest().tTest(0, differences);
    }
    return new Comparison(interval, p, differences.length);
  }

  /**
   * McNemar's exact test, for right and wrong on the same items: the two-sided binomial probability
   * of how unevenly the items split on which the two disagree.
   *
   * @param onlyFirst items that only the first has right
   * @param onlySecond items that only the second has right
   */
  public static double mcNemarExact(int onlyFirst, int onlySecond) {
    int disagreements = onlyFirst + onlySecond;
    if (disagreements == 0) {
      return 1;
    }
    var coin = new BinomialDistribution(null, disagreements, 0.5);
    return Math.min(1, 2 * coin.cumulativeProbability(Math.min(onlyFirst, onlySecond)));
  }

  /**
   * Paired bootstrap over items (Efron): percentile interval of the mean difference, and twice the
   * smaller share of replicates on either side of zero, but no less than turning the signs of the
   * differences at random could show (Fisher): 2^(1 - m) for m differences other than zero.
   */
  public static Comparison pairedBootstrap(
      double[] first, double[] second, double confidence, int replicates, long seed) {
    double[] differences = differences(first, second);
    Random random = new Random(seed);
    double[] means = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[r] = sum / differences.length;
    }
    double tail = 100 * (1 - confidence) / 2;
    Interval interval =
        new Interval(
            mean(differences),
            StatUtils.percentile(means, tail),
            StatUtils.percentile(means, 100 - tail));
    // One is added to both counts, since no finite number of draws shows a probability of zero.
    double below = (1.0 + Arrays.stream(means).filter(m -> m <= 0).count()) / (replicates + 1);
    double above = (1.0 + Arrays.stream(means).filter(m -> m >= 0).count()) / (replicates + 1);
    long moved = Arrays.stream(differences).filter(d -> d != 0).count();
    double least = Math.min(1, Math.pow(2, 1 - moved));
    double p = Math.max(least, Math.min(1, 2 * Math.min(below, above)));
    return new Comparison(interval, p, differences.length);
  }

  /**
   * The smallest true difference of means that a comparison of these pairs would find: with so much
   * power, at a two-sided level, by the normal approximation.
   *
   * <p>(z(1 - level / 2) + z(power)) * sample standard deviation of the differences / square root
   * of n; NaN below two pairs, and where all pairs differ alike, since that shows no spread.
   */
  public static double minimumDetectable(
      double[] first, double[] second, double power, double level) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double error = standardError(differences(first, second));
    return error == 0
        ? Double.NaN
        : error
            * (normal.inverseCumulativeProbability(1 - level / 2)
                + normal.inverseCumulativeProbability(power));
  }

  /** Holm's correction for several tests; the results stand in the order of the arguments. */
  public static double[] holm(double[] p) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, p.length).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> p[i]));
    double[] corrected = new double[p.length];
    double highest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int index = order.get(rank);
      highest = Math.max(highest, Math.min(1, (p.length - rank) * p[index]));
      corrected[index] = highest;
    }
    return corrected;
  }

  private static double[] differences(double[] first, double[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "pairs are needed, not " + first.length + " and " + second.length + " values");
    }
    return IntStream.range(0, first.length).mapToDouble(i -> second[i] - first[i]).toArray();
  }
}
