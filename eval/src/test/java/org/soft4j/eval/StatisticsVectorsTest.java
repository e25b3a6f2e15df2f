package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics against scipy and statsmodels; tools/golden/statistics_vectors.py made the values. */
class StatisticsVectorsTest {
  private final JsonNode golden = read();

  @Test
  void mcNemarIsStatsmodels() {
    for (JsonNode row : golden.path("mcnemar")) {
      int first = row.path("only_first").asInt();
      int second = row.path("only_second").asInt();
      assertEquals(
          row.path("p").asDouble(), Statistics.mcNemarExact(first, second), 1e-10, row::toString);
    }
  }

  /**
   * scipy's exact binomial test, down to tails that commons-math3 rounds to 0: (0, 54) is 2 ** -53,
   * (0, 1000) is 2 ** -999.
   */
  @Test
  void theSmallestTailsAreScipys() {
    for (JsonNode row : golden.path("tails")) {
      double expected = row.path("p").asDouble();
      double p =
          Statistics.mcNemarExact(row.path("only_first").asInt(), row.path("only_second").asInt());
      assertEquals(expected, p, 1e-10 * expected, row::toString);
      assertTrue(p > 0 && p <= 1, row::toString);
    }
    assertEquals(Math.pow(2, -53), Statistics.mcNemarExact(0, 54));
    assertEquals(Math.pow(2, -999), Statistics.mcNemarExact(1000, 0));
    assertTrue(Statistics.mcNemarExact(0, 5000) > 0, "too small for a double, and not zero");
  }

  @Test
  void theTailsOfStudentsTAreScipys() {
    for (JsonNode row : golden.path("t_tails")) {
      double[] differences = doubles(row.path("differences"));
      double[] zeros = new double[differences.length];
      double expected = row.path("p").asDouble();
      double p = Statistics.pairedT(zeros, differences, 0.95).p();
      assertEquals(expected, p, 1e-7 * expected, row::toString);
    }
  }

  @Test
  void holmIsStatsmodels() {
    for (JsonNode row : golden.path("holm")) {
      assertArrayEquals(
          doubles(row.path("corrected")), Statistics.holm(doubles(row.path("p"))), 1e-12);
    }
  }

  /** statsmodels' Holm within each family, and over the smallest of each. */
  @Test
  void holmByFamilyIsStatsmodels() {
    for (JsonNode row : golden.path("holm_by_family")) {
      List<JsonNode> families = new ArrayList<>();
      row.path("families").forEach(families::add);
      assertArrayEquals(
          doubles(row.path("corrected")),
          Statistics.holm(doubles(row.path("p")), families),
          1e-12,
          row::toString);
    }
  }

  /** Three metrics of one benchmark cost the other benchmark nothing, and a test without p less. */
  @Test
  void aFamilyCountsOnceAmongTheOthers() {
    assertArrayEquals(
        new double[] {0.12, 0.12, 0.12, 0.02, Double.NaN},
        Statistics.holm(
            new double[] {0.04, 0.05, 0.06, 0.01, Double.NaN}, List.of("a", "a", "a", "b", "c")),
        1e-12);
  }

  /** scipy's ttest_ind_from_stats with unequal variances. */
  @Test
  void welchIsScipys() {
    for (JsonNode row : golden.path("welch")) {
      var own = Statistics.welch(estimate(row.path("first")), estimate(row.path("second")), 0.95);
      assertEquals(row.path("p").asDouble(), own.p(), 1e-9, row::toString);
      assertEquals(row.path("low").asDouble(), own.difference().low(), 1e-9, row::toString);
      assertEquals(row.path("high").asDouble(), own.difference().high(), 1e-9, row::toString);
    }
  }

  private static Statistics.Estimate estimate(JsonNode row) {
    return new Statistics.Estimate(
        row.path(0).asDouble(), row.path(1).asDouble(), row.path(2).asInt());
  }

  @Test
  void pairedTestsAreScipys() {
    for (JsonNode row : golden.path("pairs")) {
      double[] first = doubles(row.path("first"));
      double[] second = doubles(row.path("second"));
      var t = Statistics.pairedT(first, second, 0.95);
      assertEquals(row.path("paired_t_p").asDouble(), t.p(), 1e-9);
      assertEquals(row.path("t_low").asDouble(), t.difference().low(), 1e-9);
      assertEquals(row.path("t_high").asDouble(), t.difference().high(), 1e-9);
    }
  }

  /** Both draw at random; 20,000 draws leave the ends uncertain by about 2 % of the error. */
  @Test
  void bootstrapIntervalIsScipysWithinItsNoise() {
    for (JsonNode row : golden.path("pairs")) {
      var own =
          Statistics.pairedBootstrap(
              doubles(row.path("first")), doubles(row.path("second")), 0.95, 20_000, 7);
      double noise = 0.1 * row.path("standard_error").asDouble();
      assertEquals(row.path("bootstrap_low").asDouble(), own.difference().low(), noise);
      assertEquals(row.path("bootstrap_high").asDouble(), own.difference().high(), noise);
    }
  }

  /** By quantiles of Student's t; the normal ones say half of it at 3 pairs. */
  @Test
  void minimumDetectableDifferenceIsScipys() {
    for (String list : List.of("pairs", "few")) {
      for (JsonNode row : golden.path(list)) {
        double own = detectable(row);
        assertEquals(row.path("detectable").asDouble(), own, 1e-6 * own, row::toString);
      }
    }
  }

  /** What statsmodels' TTestPower solves for is the noncentral t. */
  @Test
  void minimumDetectableDifferenceIsCloseToStatsmodels() {
    for (JsonNode row : golden.path("pairs")) {
      assertEquals(
          row.path("detectable_noncentral").asDouble(), detectable(row), 0.01 * detectable(row));
    }
    JsonNode three = golden.path("few").path(1);
    assertEquals(3, three.path("first").size());
    double exact = three.path("detectable_noncentral").asDouble();
    assertEquals(exact, detectable(three), 0.07 * exact);
  }

  private static double detectable(JsonNode row) {
    return Statistics.minimumDetectable(
        doubles(row.path("first")), doubles(row.path("second")), 0.8, 0.05);
  }

  /** Pairs that all differ alike show no spread, from which nothing could be told. */
  @Test
  void withoutSpreadNothingIsSaidToBeDetectable() {
    double[] scores = {0, 1, 1};
    assertTrue(Double.isNaN(Statistics.minimumDetectable(scores, scores, 0.8, 0.05)));
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(StatisticsVectorsTest.class.getResourceAsStream("statistics.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
