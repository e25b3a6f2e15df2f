package org.soft4j.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.soft4j.eval.Measurement;

class ChartsTest {
  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new Measurement(1, "micro_truth", 0, "mc1", 0.6, 0.05, 100, 0.25),
          new Measurement(0, "micro_truth", 0, "mc1", 0.1, 0.03, 100, 0.25),
          new Measurement(0, "micro_truth", 3, "mc1", 0.7, 0.04, 100, 0.25),
          new Measurement(0, "micro_truth", 0, "mc2", 0.3, 0.02, 100, 0.25),
          new Measurement(0, "micro_hhh", 0, "mc1", 0.9, 0.02, 100, 0.5));

  @Test
  void aMetricOverTheRoundsHasALinePerNumberOfDemonstrations() {
    XYChart chart = Charts.overRounds(MEASUREMENTS, "micro_truth", "mc1");
    assertEquals(List.of("zero-shot", "3-shot", "chance"), names(chart));
    XYSeries zeroShot = chart.getSeries("zero-shot");
    assertArrayEquals(new double[] {0, 1}, zeroShot.getXData()); // sorted by round
    assertArrayEquals(new double[] {0.1, 0.6}, zeroShot.getYData());
  }

  @Test
  void fewShotCurvesHaveALinePerRound() {
    XYChart chart = Charts.overShots(MEASUREMENTS, "micro_truth", "mc1");
    assertEquals(List.of("base model", "round 1"), names(chart));
    assertArrayEquals(new double[] {0, 3}, chart.getSeries("base model").getXData());
  }

  @Test
  void pointsWithoutAValueAreLeftOut() {
    XYChart chart = Charts.trainingLoss(List.of(Line.of("round 1", List.of(2.0, Double.NaN, 1.0))));
    assertArrayEquals(new double[] {0, 2}, chart.getSeries("round 1").getXData());
  }

  @Test
  void aPictureIsAsLargeAsItsScaleSays() {
    XYChart chart = Charts.overRounds(MEASUREMENTS, "micro_truth", "mc1");
    assertEquals(2 * chart.getWidth(), Images.image(chart, 2).getWidth());
  }

  @Test
  void barsStandByGroupAndAMissingOneIsLeftOut() {
    Line strict = new Line("strict", new double[2], new double[] {0.4, Double.NaN});
    Line kind = new Line("kind", new double[2], new double[] {0.9, 0.8}, new double[] {0.1, 0.2});
    CategoryChart chart =
        Charts.bars("judges", "win rate", List.of("round 1", "round 2"), List.of(strict, kind));
    CategorySeries first = chart.getSeries("strict");
    assertEquals(List.of("round 1", "round 2"), List.copyOf(first.getXData()));
    assertArrayEquals(new double[] {0.4, Double.NaN}, first.getYData());
    assertArrayEquals(new double[] {0.1, 0.2}, chart.getSeries("kind").getExtraValues());
    assertTrue(chart.getStyler().isLegendVisible());
    assertEquals((byte) 'P', Images.png(chart, 1)[1]);
  }

  @Test
  void barsNeedAValueForEveryGroup() {
    List<Line> bars = List.of(Line.of("a", List.of(1.0)));
    assertThrows(
        IllegalArgumentException.class, () -> Charts.bars("t", "u", List.of("x", "y"), bars));
  }

  /** XChart puts the legend into one row and cuts it at the edge. */
  @Test
  void namesThatDoNotFitBelowTheFigureStandBesideIt() {
    List<String> few = List.of("single", "soft", "soft+");
    List<String> many = List.of("single", "single, fixed", "soft", "soft, fixed", "soft+, fixed");

    assertEquals(LegendPosition.OutsideS, legend(few));
    assertEquals(LegendPosition.OutsideE, legend(many));
  }

  private static LegendPosition legend(List<String> names) {
    return Charts.overPrompts(
            "mc1", "", names.stream().map(name -> Line.of(name, List.of(0.1, 0.2))).toList())
        .getStyler()
        .getLegendPosition();
  }

  @Test
  void anEmptyChartCanBeDrawn() {
    assertEquals((byte) 'P', Images.png(Charts.overRounds("empty", "", List.of()), 1)[1]);
  }

  @Test
  void lengthsThatDisagreeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Line("x", new double[2], new double[1]));
  }

  private static List<String> names(XYChart chart) {
    return chart.getSeriesCollection().stream().map(XYSeries::getName).toList();
  }
}
