package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
   * @param pairs number of pairs; 0 where there are none
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
    double half = studentHalf(confidence, values.length - 1.0) * standardError(values);
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
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException("counts are not negative");
    }
    int fewer = Math.min(onlyFirst, onlySecond);
    long all = (long) onlyFirst + onlySecond;
    // From the middle on, twice the tail is 1 or more.
    return all - fewer <= fewer + 1L ? 1 : Math.min(1, 2 * fairCoinTail(fewer, all));
  }

  /**
   * Probability of at most so many heads: the term of exactly so many, times the sum of what the
   * lower terms are of it. Every term is positive, so nothing cancels, however small the tail; one
   * too small for a double is the smallest double, since it is not zero.
   */
  private static double fairCoinTail(int heads, long throwsOfACoin) {
    double significand = 1;
    long exponent = -throwsOfACoin;
    for (long i = 1; i <= heads; i++) {
      significand *= (double) (throwsOfACoin - heads + i) / i;
      int shift = Math.getExponent(significand);
      significand = Math.scalb(significand, -shift);
      exponent += shift;
    }
    double sum = 0;
    for (long k = 1; k <= heads; k++) {
      // From the inside out: 1 + k/(n - k + 1) * (1 + ...), the smallest terms first.
      sum = (1 + sum) * k / (throwsOfACoin - k + 1);
    }
    double tail = Math.scalb(significand * (1 + sum), (int) Math.max(exponent, -10_000));
    return Math.max(tail, Double.MIN_VALUE);
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
   * The smallest true difference of means that a paired comparison would find: with so much power,
   * at a two-sided level.
   *
   * <p>(t(1 - level / 2) + t(power)) * sample standard deviation of the differences / square root
   * of n, with quantiles of Student's t at n - 1 degrees of freedom, which falls short of the
   * noncentral t's by 5 % at 3 pairs and by less than 1 % from 6 on; NaN below two pairs, and where
   * all pairs differ alike, since that shows no spread.
   */
  public static double minimumDetectable(
      double[] first, double[] second, double power, double level) {
    double error = standardError(differences(first, second));
    if (!(error > 0)) {
      return Double.NaN;
    }
    var t = new TDistribution(null, first.length - 1.0);
    return error
        * (t.inverseCumulativeProbability(1 - level / 2) + t.inverseCumulativeProbability(power));
  }

  /**
   * Half of a two-sided interval, in standard errors, where a standard error was estimated with so
   * many degrees of freedom.
   */
  public static double studentHalf(double confidence, double degreesOfFreedom) {
    return new TDistribution(null, degreesOfFreedom)
        .inverseCumulativeProbability((1 + confidence) / 2);
  }

  /**
   * Holm's correction for several tests; the results stand in the order of the arguments. A test
   * without a p-value (NaN) has none afterwards, and does not count as one.
   */
  public static double[] holm(double[] p) {
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> p[i]));
    double[] corrected = new double[p.length];
    Arrays.fill(corrected, Double.NaN);
    double highest = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      int index = order.get(rank);
      highest = Math.max(highest, Math.min(1, (order.size() - rank) * p[index]));
      corrected[index] = highest;
    }
    return corrected;
  }

  /**
   * Holm's correction in two steps, for tests that fall into families, such as the metrics of one
   * benchmark: within each family, and over the families, each of which stands with the smallest
   * p-value that its own correction left. A test has the larger of both, so that families in which
   * nothing differs are taken for ones in which something does with the level's probability at
   * most, however many families there are, and the number of metrics of one benchmark costs the
   * others nothing.
   *
   * @param p as for {@link #holm(double[])}
   * @param families what each test belongs to; equal for tests of one family
   */
  public static double[] holm(double[] p, List<?> families) {
    Map<Object, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < p.length; i++) {
      members.computeIfAbsent(families.get(i), family -> new ArrayList<>()).add(i);
    }
    double[] corrected = new double[p.length];
    double[] smallest = new double[members.size()];
    int family = 0;
    for (List<Integer> tests : members.values()) {
      double[] inner = holm(tests.stream().mapToDouble(i -> p[i]).toArray());
      for (int i = 0; i < inner.length; i++) {
        corrected[tests.get(i)] = inner[i];
      }
      smallest[family++] = Arrays.stream(inner).filter(Double::isFinite).min().orElse(Double.NaN);
    }
    double[] outer = holm(smallest);
    family = 0;
    for (List<Integer> tests : members.values()) {
      double least = outer[family++];
      tests.forEach(i -> corrected[i] = Math.max(corrected[i], least));
    }
    return corrected;
  }

  /**
   * Welch's test of two means over different items, from their standard errors; no interval and no
   * p-value where an error is not known, or where neither mean has any.
   *
   * @param first and its standard error, over so many items
   * @param second likewise
   */
  public static Comparison welch(Estimate first, Estimate second, double confidence) {
    double gap = second.mean - first.mean;
    double a = first.error * first.error;
    double b = second.error * second.error;
    if (a + b == 0) {
      double known = gap == 0 ? 0 : Double.NaN;
      return new Comparison(new Interval(gap, known, known), gap == 0 ? 1 : Double.NaN, 0);
    }
    double freedom = (a + b) * (a + b) / (a * a / (first.items - 1) + b * b / (second.items - 1));
    if (!(freedom > 0)) {
      return new Comparison(new Interval(gap, Double.NaN, Double.NaN), Double.NaN, 0);
    }
    double error = Math.sqrt(a + b);
    double half = studentHalf(confidence, freedom) * error;
    double p = 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(gap) / error);
    return new Comparison(new Interval(gap, gap - half, gap + half), p, 0);
  }

  /**
   * A mean that was estimated.
   *
   * @param mean the estimate
   * @param error its standard error; NaN where it is not known
   * @param items over how many
   */
  public record Estimate(double mean, double error, int items) {}

  private static double[] differences(double[] first, double[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "pairs are needed, not " + first.length + " and " + second.length + " values");
    }
    double[] differences =
        IntStream.range(0, first.length).mapToDouble(i -> second[i] - first[i]).toArray();
    if (!Arrays.stream(differences).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("pairs hold a value that is no number");
    }
    return differences;
  }
}
