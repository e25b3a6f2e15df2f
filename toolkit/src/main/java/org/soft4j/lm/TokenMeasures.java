package org.soft4j.lm;

import java.util.Arrays;

/** Means over the tokens of one text. */
final class TokenMeasures {
  private TokenMeasures() {}

  static double perplexity(double[] logProbabilities) {
    return Math.exp(-mean(logProbabilities));
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
