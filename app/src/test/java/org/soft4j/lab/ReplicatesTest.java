package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import tech.tablesaw.api.Table;

/**
 * Seeds in pairs. Expected values are scipy 1.x's: {@code stats.ttest_rel(second, first)} and
 * {@code stats.t.interval(0.95, n - 1, mean, stats.sem(values))}.
 */
class ReplicatesTest {
  private static final double EXACT = 1e-9;

  private static final Replicates RUNS =
      new Replicates("unused", 7, 3)
          .with("single", seed -> scores(1, at(seed, 0.50, 0.60, 0.55), at(seed, 0.70, 0.74, 0.72)))
          .with("soft", seed -> scores(2, at(seed, 0.52, 0.59, 0.56), at(seed, 0.80, 0.90, 0.83)));

  private static double at(long seed, double... values) {
    return values[(int) seed - 7];
  }

  /** Measured after every round, zero-shot and (to be passed over) at three demonstrations. */
  private static List<Measurement> scores(int rounds, double mc1, double mc2) {
    List<Measurement> rows = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double share = (double) round / rounds;
      rows.add(row(round, 3, "mc2", 0.99));
      rows.add(row(round, 0, "mc1", share * mc1));
      rows.add(row(round, 0, "mc2", share * mc2));
    }
    return rows;
  }

  private static Measurement row(int round, String benchmark, String metric, double value) {
    return new Measurement(round, benchmark, 0, metric, value, 0, 10, Double.NaN);
  }

  private static Measurement row(int round, int shots, String metric, double value) {
    return new Measurement(round, "truth", shots, metric, value, 0, 10, Double.NaN);
  }

  @Test
  void differencesArePairedBySeedAndCorrectedForTheNumberOfScores() {
    Table rows = RUNS.differences("single", "soft", "truth mc1", "truth mc2");

    assertEquals(0.12333333333333336, rows.doubleColumn("difference").get(1), EXACT);
    assertEquals(0.043479478218892156, rows.doubleColumn("low").get(1), EXACT);
    assertEquals(0.20318718844777456, rows.doubleColumn("high").get(1), EXACT);
    assertEquals(0.021903044280955554, rows.doubleColumn("p").get(1), EXACT);
    assertEquals(2 * 0.021903044280955554, rows.doubleColumn("p_holm").get(1), EXACT);
    assertEquals(0.5285954792089683, rows.doubleColumn("p_holm").get(0), EXACT);
    assertEquals(List.of("no", "higher"), rows.stringColumn("shown").asList());
    assertEquals(
        List.of("no", "lower"),
        RUNS.differences("soft", "single", "truth mc1", "truth mc2")
            .stringColumn("shown")
            .asList());
  }

  @Test
  void scoresAreMeansOverTheSeedsOfTheFewestDemonstrations() {
    Table rows = RUNS.scores("truth mc2");

    assertEquals(
        List.of("single", "single", "soft", "soft", "soft"),
        rows.stringColumn("condition").asList());
    assertEquals(List.of(0, 1, 0, 1, 2), rows.intColumn("round").asList());
    assertEquals((0.80 + 0.90 + 0.83) / 3, rows.doubleColumn("mean").get(4), EXACT);
    assertEquals(0.7158572867593106, rows.doubleColumn("low").get(4), EXACT);
    assertEquals(0.9708093799073562, rows.doubleColumn("high").get(4), EXACT);
  }

  /** Means and half intervals are scipy 1.17.1's, as above: 0.13 ± 0.0657, 14.33 ± 1.434. */
  @Test
  void errorsOfLabelsStandBesideTheStepsThatLearnedThem() {
    Replicates runs =
        new Replicates("unused", 7, 3)
            .with(
                "soft",
                seed ->
                    List.of(
                        row(1, "label_errors", "any", at(seed, 0.20, 0.20, 0.20)),
                        row(1, "label_errors", "wrong", at(seed, 0.10, 0.14, 0.15)),
                        row(1, "label_errors", "harm any", 0.5),
                        row(1, "training", "steps", at(seed, 14, 14, 15))));
    Table all = runs.labelErrors();
    assertEquals(List.of(1), all.intColumn("round").asList());
    assertEquals(List.of("14 ± 1"), all.stringColumn("steps").asList());
    assertEquals(List.of("13.0 ± 6.6"), all.stringColumn("wrong").asList());
    assertEquals(List.of("20.0"), all.stringColumn("any").asList());
    assertEquals(List.of(""), all.stringColumn("off_format").asList());
    assertEquals(List.of("50.0"), runs.labelErrors("harm").stringColumn("any").asList());
    UserError unknown = assertThrows(UserError.class, () -> runs.labelErrors("ham"));
    assertTrue(unknown.remedy().contains("label_errors harm any"), unknown::toString);
  }

  @Test
  void figuresPutEqualSharesOfThePromptsAboveEachOther() {
    XYChart chart = RUNS.chart("truth mc2");

    assertArrayEquals(new double[] {0, 100}, chart.getSeries("single").getXData());
    assertArrayEquals(new double[] {0, 50, 100}, chart.getSeries("soft").getXData());
    assertArrayEquals(
        new double[] {0.80, 0.90, 0.83},
        RUNS.seedChart("truth mc2").getSeries("soft").getYData(),
        EXACT);
  }

  @Test
  void oneSeedHasNoIntervalAndShowsNothing() {
    Replicates one =
        new Replicates("unused", 7, 1)
            .with("a", seed -> scores(1, 0.1, 0.1))
            .with("b", seed -> scores(1, 0.9, 0.9));

    Table rows = one.differences("a", "b", "truth mc2");

    assertEquals(0.8, rows.doubleColumn("difference").get(0), EXACT);
    assertTrue(rows.doubleColumn("low").isMissing(0));
    assertEquals("no", rows.stringColumn("shown").get(0));
  }

  @Test
  void unknownNamesAreToldWithTheKnownOnes() {
    UserError score = assertThrows(UserError.class, () -> RUNS.chart("truth mc3"));
    UserError condition =
        assertThrows(UserError.class, () -> RUNS.differences("singel", "soft", "truth mc2"));
    UserError seeds = assertThrows(UserError.class, () -> new Replicates("unused", 1, 0));

    assertTrue(score.remedy().contains("truth mc2"), score::toString);
    assertTrue(condition.getMessage().contains("single"), condition::toString);
    assertTrue(seeds.getMessage().contains("0"), seeds::toString);
  }
}
