package org.soft4j.eval;

import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;

/**
 * A model's answer to a {@link TaskRequest}, of the same kind: what is kept of it, so that a
 * resumed evaluation grades the same values as an undisturbed one.
 */
public sealed interface TaskAnswer {
  /**
   * How likely the continuation was.
   *
   * @param logProbability natural logarithm, summed over its tokens
   * @param tokens number of tokens scored
   * @param greedy whether each was the most likely one
   */
  record Likelihood(double logProbability, int tokens, boolean greedy) implements TaskAnswer {
    static Likelihood of(Score score) {
      return new Likelihood(score.logProbability(), score.tokens(), score.greedy());
    }
  }

  /**
   * The text that was written.
   *
   * @param text without special tokens, cut before a stop string
   * @param tokens number of tokens written, a stop token included
   * @param ended whether the model ended by itself, not at the bound on tokens
   */
  record Writing(String text, int tokens, boolean ended) implements TaskAnswer {
    static Writing of(Generation generation) {
      return new Writing(
          generation.text(), generation.tokens(), generation.finish() != Generation.Finish.LENGTH);
    }
  }
}
