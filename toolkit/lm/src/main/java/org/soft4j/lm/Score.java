package org.soft4j.lm;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.UserText;

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
  private static final int SHOWN = 40;

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

  /** The score of an empty text: no token, and the logarithm 0. */
  public static Score ofNothing() {
    return new Score(0, 0, true, NONE, NONE);
  }

  /** No score: its number is NaN, and its caveat is {@link Caveat#UNSCORED}. */
  public static Score unscored() {
    return unscored(Caveat.UNSCORED);
  }

  /** No score, for a reason that is {@link Caveat#unusable()}: its number is NaN. */
  public static Score unscored(Caveat reason) {
    return new Score(Double.NaN, 0, false, NONE, NONE, Set.of(reason));
  }

  /** The same with more caveats. */
  public Score with(Set<Caveat> more) {
    return new Score(
        logProbability, tokens, greedy, logProbabilities, entropies, Caveat.set(caveats, more));
  }

  /** Why there is no score; empty where there is one. */
  public Optional<Caveat> missing() {
    return caveats.stream().filter(Caveat::unusable).findFirst();
  }

  /**
   * This score, where there is one.
   *
   * @throws UserError that names the continuation and the reason otherwise
   */
  public Score orRefused(ScoreRequest request) {
    missing()
        .ifPresent(
            reason -> {
              String context = request.context();
              throw new UserError(
                  "\"%s\" cannot be scored behind \"…%s\": %s."
                      .formatted(
                          shown(request.continuation(), 0),
                          shown(context, Math.max(0, context.length() - SHOWN)),
                          reason.words()),
                  "Let the context end where a word ends and the continuation begin with the space"
                      + " before its first word; or shorten what is too long.");
            });
    return this;
  }

  private static String shown(String text, int from) {
    return UserText.unmarked(text.substring(from, Math.min(text.length(), from + SHOWN)))
        .replace("\n", "\\n");
  }

  /** Perplexity per token: exp of minus the mean log-probability. */
  public double perplexity() {
    return perplexity(logProbabilities);
  }

  static double perplexity(double[] logProbabilities) {
    // At most the largest number: exp of more than 709 nats would be infinite.
    return Math.min(Math.exp(-mean(logProbabilities)), Double.MAX_VALUE);
  }

  /** NaN for no values. */
  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
