package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  // 231/240 and 77/80 are the same number, and must round alike: 96.3 of a hundred.
  @Test
  void aMeanOfOnesAndZerosIsTheirShareToTheLastBit() {
    for (int n = 1; n <= 300; n++) {
      for (int ones = 0; ones <= n; ones++) {
        double[] items = new double[n];
        Arrays.fill(items, 0, ones, 1);
        assertEquals((double) ones / n, Statistics.mean(items));
      }
    }
  }

  @Test
  void standardErrorIsTheReferenceHarnesses() {
    // 200 of 817 right: lm-evaluation-harness prints 0.24479804 and 0.01505187.
    double[] items = new double[817];
    Arrays.fill(items, 0, 200, 1);
    assertEquals(0.24479804, Statistics.mean(items), 1e-8);
    assertEquals(0.01505187, Statistics.standardError(items), 1e-8);
  }

  @Test
  void tIntervalOfThreeValues() {
    // 1, 2, 3: mean 2, standard error 1 / sqrt 3, t(2, .975) = 4.302653; half width 2.484138.
    var interval = Statistics.tInterval(new double[] {1, 2, 3}, 0.95);
    assertEquals(2 - 2.484138, interval.low(), 1e-6);
    assertEquals(2 + 2.484138, interval.high(), 1e-6);
  }

  @Test
  void oneValueHasNoError() {
    assertTrue(Double.isNaN(Statistics.standardError(new double[] {1})));
    assertTrue(Double.isNaN(Statistics.tInterval(new double[] {1}, 0.95).low()));
  }

  @Test
  void pairedTOfKnownDifferences() {
    // Differences 1, 2, 3: t = 2 / (1 / sqrt 3) = 3.464102, 2 degrees: p = 0.0741799.
    var result = Statistics.pairedT(new double[] {0, 0, 0}, new double[] {1, 2, 3}, 0.95);
    assertEquals(0.0741799, result.p(), 1e-6);
    assertEquals(2, result.difference().value());
    assertEquals(3, result.pairs());
  }

  @Test
  void pairedTOfConstantDifferences() {
    double[] same = {0.5, 0.25};
    assertEquals(1, Statistics.pairedT(same, same, 0.95).p());
  }

  @Test
  void mcNemarCountsDisagreements() {
    // 2 * P(X <= 1), X ~ Binomial(6, 1/2): 2 * (1 + 6) / 64.
    assertEquals(14 / 64.0, Statistics.mcNemarExact(1, 5), 1e-12);
    assertEquals(1, Statistics.mcNemarExact(0, 0));
    assertEquals(1, Statistics.mcNemarExact(3, 3));
  }

  @Test
  void bootstrapFindsAClearDifferenceAndNoFalseOne() {
    double[] first = new double[100];
    double[] second = new double[100];
    for (int i = 0; i < 100; i++) {
      first[i] = i % 2;
      second[i] = i % 10 == 0 ? 0 : 1;
    }
    var clear = Statistics.pairedBootstrap(first, second, 0.95, 2000, 1);
    assertEquals(0.4, clear.difference().value(), 1e-12);
    assertTrue(clear.difference().low() > 0.2 && clear.p() < 0.01, clear.toString());
    var none = Statistics.pairedBootstrap(first, first, 0.95, 2000, 1);
    assertEquals(1, none.p());
  }

  @Test
  void aFewPairsShowNoMoreThanTheirSignsCan() {
    // Both signs of two pairs agree by chance in half of all cases, however small the spread.
    double[] first = {0.1, 0.2, 0.3};
    double[] second = {0.2, 0.3, 0.3};
    assertEquals(0.5, Statistics.pairedBootstrap(first, second, 0.95, 2000, 1).p());
  }

  @Test
  void holmMultipliesByWhatIsLeft() {
    // Sorted .01 .02 .04: .03, max(.03, .04), max(.04, .04).
    assertArrayEquals(
        new double[] {0.04, 0.03, 0.04}, Statistics.holm(new double[] {0.04, 0.01, 0.02}), 1e-12);
  }

  /** A test without a p-value is none, so two are corrected as two. */
  @Test
  void holmPassesOverWhatHasNoValue() {
    double[] corrected = Statistics.holm(new double[] {0.01, Double.NaN, 0.04});
    assertEquals(0.02, corrected[0], 1e-12);
    assertTrue(Double.isNaN(corrected[1]));
    assertEquals(0.04, corrected[2], 1e-12);
  }

  /** They once gave a p of 0.0002: no replicate's NaN is at or below zero. */
  @Test
  void valuesThatAreNoNumbersAreNotCompared() {
    double[] none = {Double.NaN, 1, 0};
    double[] some = {0, 1, 1};
    assertThrows(
        IllegalArgumentException.class, () -> Statistics.pairedBootstrap(none, some, 0.95, 9, 0));
    assertThrows(IllegalArgumentException.class, () -> Statistics.pairedT(some, none, 0.95));
    assertThrows(
        IllegalArgumentException.class, () -> Statistics.minimumDetectable(some, none, 0.8, 0.05));
  }

  /** Whatever the counts, a probability is above 0 and at most 1, and sides do not matter. */
  @Test
  void mcNemarIsAProbability() {
    for (int first = 0; first < 60; first++) {
      for (int second = 0; second < 60; second++) {
        double p = Statistics.mcNemarExact(first, second);
        assertTrue(p > 0 && p <= 1, first + ", " + second + ": " + p);
        assertEquals(p, Statistics.mcNemarExact(second, first));
      }
    }
  }
}
