package org.soft4j.compare;

/**
 * Two runs on the same items of one benchmark, at one number of shots and one metric.
 *
 * @param first name of the run compared with
 * @param second name of the run compared
 * @param benchmark task name
 * @param shots number of demonstrations
 * @param metric its metric
 * @param firstMean mean over the items both have
 * @param secondMean likewise
 * @param low lower end of the 95 % bootstrap interval of the difference
 * @param high upper end
 * @param p two-sided probability: McNemar's exact test where every value is 0 or 1, else the paired
 *     bootstrap
 * @param corrected for all that was compared, as {@link NoiseRule} has it
 * @param exact whether it is McNemar's
 * @param items how many both have
 * @param detectable smallest true difference found with 80 % power at the two-sided 5 % level, from
 *     the paired standard error; NaN below two items, and where all items differ alike
 * @param share whether values are shares of one
 */
public record Comparison(
    String first,
    String second,
    String benchmark,
    int shots,
    String metric,
    double firstMean,
    double secondMean,
    double low,
    double high,
    double p,
    double corrected,
    boolean exact,
    int items,
    double detectable,
    boolean share) {
  /** Whether nothing is shown to differ. */
  public boolean noise() {
    return NoiseRule.noise(corrected);
  }

  /** An arrow where the second is shown to be above or below the first, or a circle for noise. */
  public String mark() {
    return NoiseRule.mark(secondMean - firstMean, corrected);
  }

  /** Why interval and mark seem to part ways; empty where they agree. */
  public String why() {
    return NoiseRule.why(low, high, p, corrected);
  }

  Comparison corrected(double value) {
    return new Comparison(
        first,
        second,
        benchmark,
        shots,
        metric,
        firstMean,
        secondMean,
        low,
        high,
        p,
        value,
        exact,
        items,
        detectable,
        share);
  }
}
