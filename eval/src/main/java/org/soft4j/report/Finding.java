package org.soft4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.soft4j.soft.Measurement;

/**
 * How a score moved from the base model to the last round.
 *
 * @param base the score of round 0
 * @param last the score of the last round
 */
public record Finding(Measurement base, Measurement last) {
  private static final double NORMAL_95 = 1.96;
  private static final double NOISE = 2;

  /** Every score that the base model and a later round have, in the order of the base's rows. */
  public static List<Finding> of(List<Measurement> measurements) {
    List<Finding> findings = new ArrayList<>();
    for (Measurement base : measurements) {
      if (base.round() == 0) {
        measurements.stream()
            .filter(m -> m.round() > 0 && sameScore(m, base))
            .max(Comparator.comparingInt(Measurement::round))
            .ifPresent(last -> findings.add(new Finding(base, last)));
      }
    }
    return findings;
  }

  /** How many of the findings are rises, falls and noise, as a sentence. */
  public static String verdict(List<Finding> findings) {
    long noise = findings.stream().filter(Finding::noise).count();
    long risen = findings.stream().filter(f -> !f.noise() && f.gap() > 0).count();
    long fallen = findings.size() - noise - risen;
    return "Zero-shot, from the base model to the last round: %d of %d scores rose by two standard"
            .formatted(risen, findings.size())
        + " errors or more, %d fell, %d moved within noise.".formatted(fallen, noise);
  }

  /** Whether two measurements are of the same score, whatever the round. */
  static boolean sameScore(Measurement one, Measurement other) {
    return one.benchmark().equals(other.benchmark())
        && one.metric().equals(other.metric())
        && one.shots() == other.shots();
  }

  /** Last minus base. */
  public double gap() {
    return last.value() - base.value();
  }

  /**
   * Standard error of the gap as if the two scores were of different items; for the same items this
   * is too wide rather than too narrow, and the paired test of {@code compare} is sharper.
   */
  public double standardError() {
    return Math.hypot(orZero(base.standardError()), orZero(last.standardError()));
  }

  /** Whether the gap is under two standard errors. */
  public boolean noise() {
    return Math.abs(gap()) < NOISE * standardError() || gap() == 0;
  }

  /** The finding as a sentence, in points of a hundred. */
  public String sentence() {
    String scores =
        String.format(
            Locale.ROOT,
            "%s %s, %s: %.1f → %.1f",
            base.benchmark(),
            base.metric(),
            ScoreTable.shots(base.shots()),
            100 * base.value(),
            100 * last.value());
    String gap =
        String.format(
            Locale.ROOT,
            "%+.1f ± %.1f points, 95 %% interval",
            100 * gap(),
            100 * NORMAL_95 * standardError());
    return "%s (%s)%s".formatted(scores, gap, noise() ? "; noise, under two standard errors" : "");
  }

  private static double orZero(double error) {
    return Double.isFinite(error) ? error : 0;
  }
}
