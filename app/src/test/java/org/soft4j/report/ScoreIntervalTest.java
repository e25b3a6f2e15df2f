package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.soft4j.eval.Measurement;

class ScoreIntervalTest {
  /** statsmodels' proportion_confint(20, 24, method="wilson") is 0.6414693, 0.9332132. */
  @Test
  void rightOrWrongIsWilsons() {
    double p = 20 / 24.0;
    ScoreInterval interval = ScoreInterval.of(score(p, Math.sqrt(p * (1 - p) / 23), 24), true);
    assertEquals(0.6414693, interval.low(), 1e-6);
    assertEquals(0.9332132, interval.high(), 1e-6);
  }

  /** Of 24 right answers all: 24 / (24 + 1.959964^2). */
  @Test
  void allRightLeavesRoomForDoubt() {
    ScoreInterval interval = ScoreInterval.of(score(1, 0, 24), true);
    assertEquals(24 / (24 + 3.8414589), interval.low(), 1e-6);
    assertEquals(1, interval.high(), 1e-12);
  }

  /** scipy's stats.t.ppf(0.975, 29) is 2.0452296; of the normal distribution it is 1.959964. */
  @Test
  void meansAreStudentsAndSharesStayShares() {
    assertEquals(1, ScoreInterval.of(score(0.9, 0.2, 30), true).high());
    assertEquals(5 + 2.045229642 * 0.5, ScoreInterval.of(score(5, 0.5, 30), false).high(), 1e-8);
  }

  private static Measurement score(double value, double error, int items) {
    return new Measurement(1, "b", 0, "m", value, error, items, Double.NaN);
  }
}
