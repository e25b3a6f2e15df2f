package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.CrossedComparison.Spread;

class CrossedComparisonTest {
  private static final int REPLICATES = 20_000;

  /** Made by tools/golden/crossed_vectors.py with statsmodels, scipy and numpy. */
  private static JsonNode golden() throws IOException {
    try (InputStream in = CrossedComparisonTest.class.getResourceAsStream("crossed.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static double[][] values(JsonNode rows) {
    double[][] values = new double[rows.size()][rows.get(0).size()];
    for (int s = 0; s < values.length; s++) {
      for (int i = 0; i < values[s].length; i++) {
        values[s][i] = rows.get(s).get(i).asDouble();
      }
    }
    return values;
  }

  @Test
  void meanIntervalAndTestAreThoseOfStatsmodelsMeanSquares() throws IOException {
    for (JsonNode row : golden().get("rows")) {
      double[][] values = values(row.get("values"));
      CrossedComparison seen = CrossedComparison.of(values, 0.95, REPLICATES, 0);
      assertEquals(row.get("mean").asDouble(), seen.difference().value(), 1e-12);
      assertEquals(row.get("low").asDouble(), seen.difference().low(), 1e-9);
      assertEquals(row.get("high").asDouble(), seen.difference().high(), 1e-9);
      assertEquals(row.get("freedom").asDouble(), seen.freedom(), 1e-6);
      assertEquals(row.get("p").asDouble(), seen.p(), 1e-9);
      double rest = row.get("mean_squares").get(2).asDouble();
      double bySeed = (row.get("mean_squares").get(0).asDouble() - rest) / values[0].length;
      double byItem = (row.get("mean_squares").get(1).asDouble() - rest) / values.length;
      assertEquals(Math.sqrt(Math.max(0, bySeed)), seen.spread().seed(), 1e-9);
      assertEquals(Math.sqrt(Math.max(0, byItem)), seen.spread().item(), 1e-9);
      assertEquals(Math.sqrt(rest), seen.spread().rest(), 1e-9);
    }
  }

  /**
   * numpy's of 100,000 draws; both have an error of their own of about a hundredth of the width.
   */
  @Test
  void theBootstrapDrawsSeedsAndItemsOnceForAllOfThem() throws IOException {
    for (JsonNode row : golden().get("rows")) {
      CrossedComparison seen = CrossedComparison.of(values(row.get("values")), 0.95, REPLICATES, 7);
      double width = row.get("bootstrap_high").asDouble() - row.get("bootstrap_low").asDouble();
      assertEquals(row.get("bootstrap_low").asDouble(), seen.bootstrap().low(), 0.03 * width);
      assertEquals(row.get("bootstrap_high").asDouble(), seen.bootstrap().high(), 0.03 * width);
    }
  }

  @Test
  void theDetectableDifferenceIsScipys() throws IOException {
    for (JsonNode row : golden().get("sizes")) {
      JsonNode spread = row.get("spread");
      Spread known =
          new Spread(spread.get(0).asDouble(), spread.get(1).asDouble(), spread.get(2).asDouble());
      double seen =
          known.detectable(
              row.get("seeds").asInt(), row.get("items").asInt(), 0.8, row.get("level").asDouble());
      assertEquals(row.get("detectable").asDouble(), seen, 1e-9);
      // The exact one, by the noncentral t, is larger by little.
      double exact = row.get("noncentral").asDouble();
      assertTrue(seen <= exact * 1.001 && seen > 0.93 * exact, seen + " of " + exact);
    }
  }

  /**
   * A variance between seeds is the mean product of two items under one seed, less that of two
   * items under two seeds; so too for items. Slow, and by no mean square.
   */
  @Test
  void spreadsAreThoseOfAllPairsOfValues() {
    long seed = LocalDate.now(ZoneOffset.UTC).toEpochDay();
    Random random = new Random(seed);
    for (int trial = 0; trial < 30; trial++) {
      double[][] d = new double[2 + random.nextInt(4)][2 + random.nextInt(7)];
      double bySeed = random.nextDouble();
      for (double[] row : d) {
        double own = bySeed * random.nextGaussian();
        for (int i = 0; i < row.length; i++) {
          row[i] = own + random.nextGaussian() * random.nextDouble();
        }
      }
      double[] products = products(d);
      Spread seen = CrossedComparison.of(d, 0.95, 10, 0).spread();
      String day = "seed " + seed;
      // Squares, since the root of a rounding error is none.
      assertEquals(Math.max(0, products[0] - products[2]), square(seen.seed()), 1e-9, day);
      assertEquals(Math.max(0, products[1] - products[2]), square(seen.item()), 1e-9, day);
      double rest = products[3] - products[0] - products[1] + products[2];
      assertEquals(rest, square(seen.rest()), 1e-9, day);
    }
  }

  private static double square(double value) {
    return value * value;
  }

  /** Mean products of two values: of one seed, of one item, of neither; and of a value itself. */
  private static double[] products(double[][] d) {
    double[] sums = new double[4];
    double[] counts = new double[4];
    for (int s = 0; s < d.length; s++) {
      for (int i = 0; i < d[s].length; i++) {
        for (int t = 0; t < d.length; t++) {
          for (int j = 0; j < d[s].length; j++) {
            int kind = s == t ? (i == j ? 3 : 0) : i == j ? 1 : 2;
            sums[kind] += d[s][i] * d[t][j];
            counts[kind]++;
          }
        }
      }
    }
    for (int kind = 0; kind < 4; kind++) {
      sums[kind] /= counts[kind];
    }
    return sums;
  }

  @Test
  void oneSeedSaysNothingOfOthers() {
    CrossedComparison seen = CrossedComparison.of(new double[][] {{0.1, 0.2, 0.3}}, 0.95, 100, 0);
    // Over the items alone: mean 0.2, standard error 0.1 / sqrt 3, t(2) = 4.3027.
    assertEquals(0.2 - 4.302653 * 0.1 / Math.sqrt(3), seen.difference().low(), 1e-6);
    assertTrue(Double.isNaN(seen.p()));
    assertTrue(Double.isNaN(seen.spread().seed()));
  }

  @Test
  void withoutValuesByItemSeedsAloneAreTested() {
    // 1, 2, 3: t = 2 / (1 / sqrt 3) with 2 degrees of freedom, p = 0.0741799.
    CrossedComparison seen = CrossedComparison.of(new double[][] {{1}, {2}, {3}}, 0.95, 100, 0);
    assertEquals(0.0741799, seen.p(), 1e-6);
    assertEquals(1, seen.spread().seed(), 1e-12);
  }

  @Test
  void whatNeverDiffersIsNoDifference() {
    CrossedComparison same = CrossedComparison.of(new double[3][4], 0.95, 10, 0);
    assertEquals(1, same.p());
    assertEquals(0, same.difference().high());
  }

  @Test
  void aMissingValueIsRefused() {
    double[][] ragged = {{1, 2}, {3}};
    assertThrows(IllegalArgumentException.class, () -> CrossedComparison.of(ragged, 0.95, 10, 0));
  }
}
