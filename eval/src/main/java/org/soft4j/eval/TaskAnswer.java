package org.soft4j.eval;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;
import org.soft4j.lm.tokenizer.Reasoning;

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

    /** The text as it was written; reasoning in it is told. */
    static Writing of(Generation generation) {
      Reasoning reasoning = Reasoning.of(generation.text());
      return new Writing(
          generation.text(),
          generation.tokens(),
          generation.finish().itsOwn(),
          Caveat.set(generation.caveats(), told(reasoning, Caveat.REASONING_KEPT)));
    }

    /**
     * The answer behind the reasoning.
     *
     * @param stops the answer ends before the first of these
     */
    static Writing withoutReasoning(Generation generation, List<String> stops) {
      Reasoning reasoning = Reasoning.of(generation.text());
      String text = reasoning.answer();
      boolean ended = generation.finish().itsOwn();
      for (String stop : stops) {
        int at = text.indexOf(stop);
        ended |= at >= 0;
        text = at >= 0 ? text.substring(0, at) : text;
      }
      Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
      caveats.addAll(generation.caveats());
      caveats.addAll(told(reasoning, Caveat.REASONING_DROPPED));
      if (ended) {
        caveats.remove(Caveat.CUT_OFF);
      }
      return new Writing(text, generation.tokens(), ended, caveats);
    }

    private static Set<Caveat> told(Reasoning reasoning, Caveat found) {
      return reasoning.unfinished()
          ? Set.of(found, Caveat.REASONING_UNFINISHED)
          : reasoning.found() ? Set.of(found) : Set.of();
    }
  }

  /** The log-probability of a likelihood; natural. */
  static double logProbability(TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Likelihood likelihood) {
      return likelihood.logProbability();
    }
    throw new IllegalArgumentException("a likelihood was asked for, and " + answer + " came");
  }

  /** The words of a written answer. */
  static String text(TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Writing writing) {
      return writing.text();
    }
    throw new IllegalArgumentException("a text was asked for, and " + answer + " came");
  }
}
