package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.NoiseRule;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;

/**
 * How a score moved from the base model to a later round.
 *
 * @param base the score of round 0
 * @param last the score of the later round
 * @param items how many both have, over which both means are taken; 0 where they cannot be paired
 * @param first mean of the base model over these items
 * @param second mean of the later round likewise
 * @param low lower end of the 95 % interval of the difference; NaN, as the upper one, where the
 *     errors are not known
 * @param high its upper end
 * @param p two-sided probability of such a difference if there were none; NaN without errors
 * @param corrected for all that was looked at, as {@link NoiseRule} has it
 * @param detectable smallest true difference that this comparison would mostly find; NaN where the
 *     items cannot be paired
 */
public record Finding(
    Measurement base,
    Measurement last,
    int items,
    double first,
    double second,
    double low,
    double high,
    double p,
    double corrected,
    double detectable) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Every score that the base model and a later round have, round by round, in the order of the
   * base's rows; p-values are corrected over all of them.
   *
   * @param paired by round, what is compared with the base item by item; a score that is not among
   *     them gets the wider interval of scores from different items
   */
  public static List<Finding> of(
      List<Measurement> measurements, Map<Integer, List<Comparison>> paired) {
    List<Finding> findings = new ArrayList<>();
    measurements.stream()
        .map(Measurement::round)
        .filter(round -> round > 0)
        .distinct()
        .sorted()
        .forEach(
            round -> {
              for (Measurement base : measurements) {
                measurements.stream()
                    .filter(m -> base.round() == 0 && m.round() == round && sameScore(m, base))
                    .findFirst()
                    .ifPresent(
                        last ->
                            findings.add(of(base, last, paired.getOrDefault(round, List.of()))));
              }
            });
    double[] corrected =
        Statistics.holm(
            findings.stream().mapToDouble(Finding::p).toArray(),
            findings.stream().map(f -> List.of(f.last.round(), f.base.benchmark())).toList());
    return IntStream.range(0, corrected.length)
        .mapToObj(i -> findings.get(i).corrected(corrected[i]))
        .toList();
  }

  private Finding corrected(double value) {
    return new Finding(base, last, items, first, second, low, high, p, value, detectable);
  }

  private static Finding of(Measurement base, Measurement last, List<Comparison> paired) {
    return paired.stream()
        .filter(c -> c.benchmark().equals(base.benchmark()) && c.metric().equals(base.metric()))
        .filter(c -> c.shots() == base.shots())
        .findFirst()
        .map(c -> paired(base, last, c))
        .orElseGet(() -> unpaired(base, last));
  }

  /** Where items are left out on one side, the scores of the two are of different items. */
  private static Finding paired(Measurement base, Measurement last, Comparison c) {
    boolean same = c.items() == base.items() && c.items() == last.items();
    return new Finding(
        base,
        last,
        c.items(),
        same ? base.value() : c.firstMean(),
        same ? last.value() : c.secondMean(),
        c.low(),
        c.high(),
        c.p(),
        c.p(),
        c.detectable());
  }

  private static Finding unpaired(Measurement base, Measurement last) {
    Statistics.Comparison welch = Statistics.welch(estimate(base), estimate(last), CONFIDENCE);
    return new Finding(
        base,
        last,
        0,
        base.value(),
        last.value(),
        welch.difference().low(),
        welch.difference().high(),
        welch.p(),
        welch.p(),
        Double.NaN);
  }

  private static Statistics.Estimate estimate(Measurement m) {
    return new Statistics.Estimate(m.value(), m.standardError(), m.items());
  }

  /**
   * How many of the findings are rises, falls and noise, as a sentence.
   *
   * @param to the later round, such as {@code round 2, which is kept}
   */
  public static String verdict(List<Finding> findings, String to) {
    List<Finding> known = findings.stream().filter(f -> !Double.isNaN(f.gap())).toList();
    long noise = known.stream().filter(Finding::noise).count();
    long risen = known.stream().filter(f -> !f.noise() && f.gap() > 0).count();
    long fallen = known.size() - noise - risen;
    int missing = findings.size() - known.size();
    return "Zero-shot, from the base model to %s: %s of %s scores rose, %s fell,"
            .formatted(to, risen, findings.size(), fallen)
        + " %s moved within noise%s."
            .formatted(noise, missing == 0 ? "" : ", %s without a value".formatted(missing));
  }

  /** Whether two measurements are of the same score, whatever the round. */
  static boolean sameScore(Measurement one, Measurement other) {
    return one.benchmark().equals(other.benchmark())
        && one.metric().equals(other.metric())
        && one.shots() == other.shots();
  }

  /** Last minus base, over the items that both have where items can be paired. */
  public double gap() {
    return second - first;
  }

  /** Which items the two means are of, where some are left out on one side; else nothing. */
  private String left() {
    if (base.items() == last.items() && (items == 0 || items == base.items())) {
      return "";
    }
    return items == 0
        ? "; over different items, %s and %s".formatted(base.items(), last.items())
        : "; over the %s items that both have, of %s and %s"
            .formatted(items, base.items(), last.items());
  }

  /** Whether nothing is shown to have moved, by {@link NoiseRule}. */
  public boolean noise() {
    return NoiseRule.noise(corrected);
  }

  /** An arrow up or down, a circle for noise, or a dash where there is no value to compare. */
  public String mark() {
    return Double.isNaN(gap()) ? "–" : NoiseRule.mark(gap(), corrected);
  }

  /** The finding as a sentence, in points of a hundred or in the metric's own unit. */
  public String sentence(Scale scale) {
    if (Double.isNaN(gap())) {
      return "%s %s, %s: no value, over %s and %s items"
          .formatted(
              base.benchmark(),
              base.metric(),
              ScoreTable.shots(base.shots()),
              base.items(),
              last.items());
    }
    double factor = scale.of(base.benchmark(), base.metric());
    String form = factor == 1 ? "%s %s, %s: %.2f → %.2f" : "%s %s, %s: %.1f → %.1f";
    String scores =
        String.format(
            Locale.ROOT,
            form,
            base.benchmark(),
            base.metric(),
            ScoreTable.shots(base.shots()),
            factor * first,
            factor * second);
    return low == 0 && high == 0
        ? scores + " (no item came to another score)" + left()
        : "%s (%s)%s%s%s"
                .formatted(
                    scores, moved(factor), left(), noise() ? "; within noise" : "", found(factor))
            + why();
  }

  private String why() {
    String why = NoiseRule.why(low, high, p, corrected);
    return why.isEmpty() ? "" : "; " + why;
  }

  private String moved(double factor) {
    String number = factor == 1 ? "%+.2f" : "%+.1f";
    String unit = factor == 1 ? "" : " points";
    if (!Double.isFinite(high - low)) {
      return "%s%s, no interval".formatted(Decimals.text(number, factor * gap()), unit);
    }
    return "%s%s, 95 %% interval %s to %s"
        .formatted(
            Decimals.text(number, factor * gap()),
            unit,
            Decimals.text(number, factor * low),
            Decimals.text(number, factor * high));
  }

  private String found(double factor) {
    String form = factor == 1 ? "; detectable from %.2f" : "; detectable from %.1f";
    return Double.isFinite(detectable) ? String.format(Locale.ROOT, form, factor * detectable) : "";
  }
}
