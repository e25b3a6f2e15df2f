package org.soft4j.eval;

import java.util.Set;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;

/**
 * A model's answer to a {@link TaskRequest}, of the same kind: what is kept of it, so that a
 * resumed evaluation grades the same values as an undisturbed one.
 */
public sealed interface TaskAnswer {
  /** What keeps it from being a plain answer. */
  Set<Caveat> caveats();

  /** Whether it has a value at all; an item without one is graded neither right nor wrong. */
  default boolean usable() {
    return caveats().stream().noneMatch(Caveat::unusable);
  }

  /**
   * How likely the continuation was.
   *
   * @param logProbability natural logarithm, summed over its tokens
   * @param tokens number of tokens scored
   * @param greedy whether each was the most likely one
   * @param caveats what keeps it from being a plain score
   */
  record Likelihood(double logProbability, int tokens, boolean greedy, Set<Caveat> caveats)
      implements TaskAnswer {
    /** A plain score. */
    public Likelihood(double logProbability, int tokens, boolean greedy) {
      this(logProbability, tokens, greedy, Set.of());
    }

    static Likelihood of(Score score) {
      return new Likelihood(
          score.logProbability(), score.tokens(), score.greedy(), score.caveats());
    }
  }

  /**
   * The text that was written.
   *
   * @param text without special tokens, cut before a stop string
   * @param tokens number of tokens written, a stop token included
   * @param ended whether the model ended by itself, not at the bound on tokens
   * @param caveats what keeps it from being a plain answer
   */
  record Writing(String text, int tokens, boolean ended, Set<Caveat> caveats)
      implements TaskAnswer {
    /** A plain answer. */
    public Writing(String text, int tokens, boolean ended) {
      this(text, tokens, ended, Set.of());
    }

    static Writing of(Generation generation) {
      return new Writing(
          generation.text(),
          generation.tokens(),
          generation.finish().itsOwn(),
          generation.caveats());
    }
  }
}
