package org.soft4j.lm;

import java.util.Arrays;

/** Means over the tokens of one text. */
final class TokenMeasures {
  private TokenMeasures() {}

  static double perplexity(double[] logProbabilities) {
    // At most the largest number: exp of more than 709 nats would be infinite.
    return Math.min(Math.exp(-mean(logProbabilities)), Double.MAX_VALUE);
  }

  /** NaN for no tokens. */
  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
