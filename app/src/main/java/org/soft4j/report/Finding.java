package org.soft4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.soft4j.compare.Comparison;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;

/**
 * How a score moved from the base model to the last round.
 *
 * @param base the score of round 0
 * @param last the score of the last round
 * @param items how many both have, over which both means are taken; 0 where they cannot be paired
 * @param first mean of the base model over these items
 * @param second mean of the last round likewise
 * @param low lower end of the 95 % interval of the difference; NaN, as the upper one, where the
 *     errors are not known
 * @param high its upper end
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
    double detectable) {
  /**
   * Every score that the base model and a later round have, in the order of the base's rows.
   *
   * @param paired the last round against the base, item by item; a score that is not among them
   *     gets the wider interval of scores from different items
   */
  public static List<Finding> of(List<Measurement> measurements, List<Comparison> paired) {
    List<Finding> findings = new ArrayList<>();
    for (Measurement base : measurements) {
      if (base.round() == 0) {
        measurements.stream()
            .filter(m -> m.round() > 0 && sameScore(m, base))
            .max(Comparator.comparingInt(Measurement::round))
            .ifPresent(last -> findings.add(of(base, last, paired)));
      }
    }
    return findings;
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
        c.detectable());
  }

  private static Finding unpaired(Measurement base, Measurement last) {
    double gap = last.value() - base.value();
    double half = welchHalf(base, last);
    return new Finding(
        base, last, 0, base.value(), last.value(), gap - half, gap + half, Double.NaN);
  }

  /** Half of Welch's interval of two means; NaN where one of their errors is not known. */
  private static double welchHalf(Measurement one, Measurement other) {
    double a = one.standardError() * one.standardError();
    double b = other.standardError() * other.standardError();
    if (a + b == 0) {
      return 0;
    }
    double freedom = (a + b) * (a + b) / (a * a / (one.items() - 1) + b * b / (other.items() - 1));
    return freedom > 0 ? Statistics.studentHalf(0.95, freedom) * Math.sqrt(a + b) : Double.NaN;
  }

  /** How many of the findings are rises, falls and noise, as a sentence. */
  public static String verdict(List<Finding> findings) {
    long noise = findings.stream().filter(Finding::noise).count();
    long risen = findings.stream().filter(f -> !f.noise() && f.gap() > 0).count();
    long fallen = findings.size() - noise - risen;
    return "Zero-shot, from the base model to the last round: %s of %s scores rose, %s fell,"
            .formatted(risen, findings.size(), fallen)
        + " %s moved within noise.".formatted(noise);
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

  /** Whether the interval of the difference holds zero, or there is none. */
  public boolean noise() {
    return !(low > 0 || high < 0);
  }

  /** An arrow up or down, or a circle for noise. */
  public String mark() {
    return noise() ? "○" : gap() > 0 ? "▲" : "▼";
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
                scores, moved(factor), left(), noise() ? "; within noise" : "", found(factor));
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
