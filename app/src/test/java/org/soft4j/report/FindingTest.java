package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.compare.Comparison;
import org.soft4j.eval.Measurement;

class FindingTest {
  private static final Measurement BASE = score(0, 0.25);

  @Test
  void aMoveIsSaidWithItsIntervalAndWhatCouldHaveBeenFound() {
    Finding finding = finding(0.375, paired(0.375, -0.05, 0.3, 0.2, 0.2));
    assertEquals("○", finding.mark());
    assertEquals(
        "hhh mean, zero-shot: 25.0 → 37.5 (+12.5 points, 95 % interval -5.0 to +30.0);"
            + " within noise; detectable from 20.0",
        finding.sentence(Scale.POINTS));
  }

  @Test
  void aRiseBeyondNoiseIsNotCalledNoise() {
    Finding finding = finding(0.5, paired(0.5, 0.1, 0.4, 0.2, 0.01));
    assertEquals("▲", finding.mark());
    assertEquals(
        "hhh mean, zero-shot: 25.0 → 50.0 (+25.0 points, 95 % interval +10.0 to +40.0);"
            + " detectable from 20.0",
        finding.sentence(Scale.POINTS));
  }

  /** Such as five items that only the last round has right, of 24: 2 * 0.5^5 is 0.0625. */
  @Test
  void anIntervalThatSaysOtherwiseThanTheTestIsExplained() {
    Finding finding = finding(0.4583, paired(0.4583, 0.083, 0.333, 0.2, 0.0625));
    assertEquals("○", finding.mark());
    assertEquals(
        "hhh mean, zero-shot: 25.0 → 45.8 (+20.8 points, 95 % interval +8.3 to +33.3); within"
            + " noise; detectable from 20.0; the interval leaves out 0, but so few items moved that"
            + " p is 0.0625",
        finding.sentence(Scale.POINTS));
  }

  /**
   * Four metrics of one benchmark in two rounds: statsmodels' multipletests(method="holm") makes
   * 0.08 of the smallest of 0.02, 0.02, 0.02 and 0.9, and of 0.08 beside a round in which nothing
   * moved, 0.16.
   */
  @Test
  void theMetricsOfOneBenchmarkAreOneFamilyOverAllRounds() {
    List<Measurement> rows = new ArrayList<>();
    List<Comparison> moved = new ArrayList<>();
    double[] p = {0.02, 0.02, 0.02, 0.9};
    for (int i = 0; i < 4; i++) {
      String metric = "m" + i;
      rows.add(new Measurement(0, "hhh", 0, metric, 0.2, 0.1, 24, 0.5));
      rows.add(new Measurement(1, "hhh", 0, metric, 0.4, 0.1, 24, 0.5));
      rows.add(new Measurement(2, "hhh", 0, metric, 0.2, 0.1, 24, 0.5));
      moved.add(
          new Comparison(
              "base", "round 1", "hhh", 0, metric, 0.2, 0.4, 0.1, 0.3, p[i], 0, true, 24, 0.2,
              true));
    }
    List<Finding> findings = Finding.of(rows, Map.of(1, moved));
    assertEquals(8, findings.size());
    assertEquals(0.16, findings.get(0).corrected(), 1e-12);
    assertEquals("○", findings.get(0).mark());
    assertTrue(
        findings
            .get(0)
            .sentence(Scale.POINTS)
            .endsWith("; p 0.0200 alone, 0.1600 with the other" + " scores"));
  }

  /** An interval from 0.0 to 0.0 would look like certainty. */
  @Test
  void whereEveryItemStaysNoIntervalIsShown() {
    Finding finding = finding(0.25, paired(0.25, 0, 0, Double.NaN, 1));
    assertEquals(
        "hhh mean, zero-shot: 25.0 → 25.0 (no item came to another score)",
        finding.sentence(Scale.POINTS));
  }

  /**
   * Three items left out on one side: the base scored 25.0 over 24 and 20.0 over the 21 that both
   * have, and 15 points are what these moved, not 10.
   */
  @Test
  void whereItemsAreLeftOutTheMeansAreOverThoseThatBothHave() {
    Comparison common =
        new Comparison(
            "base", "round 1", "hhh", 0, "mean", 0.2, 0.35, 0.1, 0.2, 0.01, 1, true, 21, 0.2, true);
    Measurement last = new Measurement(1, "hhh", 0, "mean", 0.35, 0.1, 21, 0.5);
    Finding finding = Finding.of(List.of(BASE, last), Map.of(1, List.of(common))).get(0);
    assertEquals(0.15, finding.gap(), 1e-12);
    assertEquals(
        "hhh mean, zero-shot: 20.0 → 35.0 (+15.0 points, 95 % interval +10.0 to +20.0);"
            + " over the 21 items that both have, of 24 and 21; detectable from 20.0",
        finding.sentence(Scale.POINTS));
  }

  private static Finding finding(double last, Comparison paired) {
    return Finding.of(List.of(BASE, score(1, last)), Map.of(1, List.of(paired))).get(0);
  }

  private static Comparison paired(
      double mean, double low, double high, double detectable, double p) {
    return new Comparison(
        "base",
        "round 1",
        "hhh",
        0,
        "mean",
        0.25,
        mean,
        low,
        high,
        p,
        p,
        true,
        24,
        detectable,
        true);
  }

  private static Measurement score(int round, double value) {
    return new Measurement(round, "hhh", 0, "mean", value, 0.1, 24, 0.5);
  }

  /**
   * Scores of different items: Welch's interval, 0.25 ± t(0.975, 4) * sqrt(2) * 0.1 for three items
   * each, where t is 2.776445 (scipy); the normal 1.96 would call this a rise.
   */
  @Test
  void fewItemsAreHeldToStudentsT() {
    Measurement base = new Measurement(0, "hhh", 0, "mean", 0.25, 0.1, 3, 0.5);
    Measurement last = new Measurement(1, "hhh", 0, "mean", 0.55, 0.1, 3, 0.5);
    Finding finding = Finding.of(List.of(base, last), Map.of()).get(0);
    assertEquals(0.3 - 2.776445 * Math.sqrt(2) * 0.1, finding.low(), 1e-6);
    assertEquals("○", finding.mark());
  }

  /**
   * One item has no standard error: it once counted as one of zero, which made every move a rise.
   */
  @Test
  void whereNoErrorIsKnownNothingIsSaidToHaveMoved() {
    Measurement base = new Measurement(0, "hhh", 0, "mean", 0, Double.NaN, 1, 0.5);
    Measurement last = new Measurement(1, "hhh", 0, "mean", 1, Double.NaN, 1, 0.5);
    Finding finding = Finding.of(List.of(base, last), Map.of()).get(0);
    assertEquals("○", finding.mark());
    assertEquals(
        "hhh mean, zero-shot: 0.0 → 100.0 (+100.0 points, no interval); within noise",
        finding.sentence(Scale.POINTS));
  }

  /** A judge none of whose verdicts could be read. */
  @Test
  void aScoreWithoutAValueIsSaidToHaveNone() {
    Measurement base = new Measurement(0, "vicuna", 0, "judge", 7, 0.5, 80, Double.NaN);
    Measurement last =
        new Measurement(1, "vicuna", 0, "judge", Double.NaN, Double.NaN, 0, Double.NaN);
    Finding finding = Finding.of(List.of(base, last), Map.of()).get(0);
    assertEquals("–", finding.mark());
    assertEquals(
        "vicuna judge, zero-shot: no value, over 80 and 0 items",
        finding.sentence((benchmark, metric) -> 1));
  }
}
