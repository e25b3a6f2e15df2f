package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

  @Test
  void holmIsStatsmodels() {
    for (JsonNode row : golden.path("holm")) {
      assertArrayEquals(
          doubles(row.path("corrected")), Statistics.holm(doubles(row.path("p"))), 1e-12);
    }
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

  @Test
  void minimumDetectableDifferenceIsStatsmodels() {
    for (JsonNode row : golden.path("pairs")) {
      double own =
          Statistics.minimumDetectable(
              doubles(row.path("first")), doubles(row.path("second")), 0.8, 0.05);
      assertEquals(row.path("detectable").asDouble(), own, 1e-5 * own);
    }
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
