package org.soft4j.lm;

import java.util.Set;

/**
 * How likely a continuation is under its context.
 *
 * @param logProbability natural logarithm of the continuation's probability: the sum over its
 *     tokens
 * @param tokens number of tokens scored
 * @param greedy whether every token was the most likely one
 * @param logProbabilities per token; length {@code tokens}
 * @param entropies entropy in nats of the distribution at each token; length {@code tokens}, or
 *     none where the model does not tell them
 * @param caveats what keeps it from being a plain score
 */
public record Score(
    double logProbability,
    int tokens,
    boolean greedy,
    double[] logProbabilities,
    double[] entropies,
    Set<Caveat> caveats) {
  private static final double[] NONE = {};

  /** Copies the set. */
  public Score {
    caveats = Caveat.set(caveats, Set.of());
  }

  /** A plain score. */
  public Score(
      double logProbability,
      int tokens,
      boolean greedy,
      double[] logProbabilities,
      double[] entropies) {
    this(logProbability, tokens, greedy, logProbabilities, entropies, Set.of());
  }

  /** No score: its number is NaN, and its caveat is {@link Caveat#UNSCORED}. */
  public static Score unscored() {
    return new Score(Double.NaN, 0, false, NONE, NONE, Set.of(Caveat.UNSCORED));
  }

  /** Perplexity per token: exp of minus the mean log-probability. */
  public double perplexity() {
    return TokenMeasures.perplexity(logProbabilities);
  }
}
