package org.soft4j.lm;

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
 */
public record Score(
    double logProbability,
    int tokens,
    boolean greedy,
    double[] logProbabilities,
    double[] entropies) {
  /** Perplexity per token: exp of minus the mean log-probability. */
  public double perplexity() {
    return TokenMeasures.perplexity(logProbabilities);
  }
}
