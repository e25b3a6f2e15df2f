package org.soft4j.lm;

import java.util.Set;

/**
 * What the model wrote.
 *
 * @param text what follows the context, special tokens left out, cut before a stop string
 * @param tokens number of tokens generated, the stop token included
 * @param finish why it ended
 * @param logProbabilities natural logarithm of each generated token's probability at temperature 1,
 *     the stop token included; length {@code tokens}, or none where the model does not tell them
 * @param entropies entropy in nats of the distribution each token was drawn from, at temperature 1;
 *     length {@code tokens}, or none
 * @param caveats what keeps it from being a plain answer
 */
public record Generation(
    String text,
    int tokens,
    Finish finish,
    double[] logProbabilities,
    double[] entropies,
    Set<Caveat> caveats) {
  /** A text that reached its bound is {@link Caveat#CUT_OFF}. */
  public Generation {
    boolean bounded = finish == Finish.LENGTH && caveats.stream().noneMatch(Caveat::ofTheWindow);
    caveats = Caveat.set(caveats, bounded ? Set.of(Caveat.CUT_OFF) : Set.of());
  }

  /** A plain answer, as far as its finish says so. */
  public Generation(
      String text, int tokens, Finish finish, double[] logProbabilities, double[] entropies) {
    this(text, tokens, finish, logProbabilities, entropies, Set.of());
  }

  /** Why a generation ended. */
  public enum Finish {
    /** The model wrote a stop token, one of its own or of the request. */
    STOP_TOKEN,
    /** The text reached a stop string. */
    STOP_STRING,
    /** The bound on new tokens, or the model's context length, was reached. */
    LENGTH,
    /** A server ended it for a reason of its own, such as a content filter; see the caveats. */
    OTHER;

    /** Whether the model came to its own end. */
    public boolean itsOwn() {
      return this == STOP_TOKEN || this == STOP_STRING;
    }
  }

  /**
   * Perplexity of the response under the model that wrote it: exp of minus the mean
   * log-probability; NaN where no token was written or the model does not tell.
   */
  public double perplexity() {
    return Score.perplexity(logProbabilities);
  }

  /** Mean entropy in nats of the distributions the tokens were drawn from; NaN as above. */
  public double meanEntropy() {
    return Score.mean(entropies);
  }
}
