package org.soft4j.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.soft4j.core.DrawSeed;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;

/**
 * Shares prompts out among rounds: T disjoint parts whose sizes differ by at most one.
 *
 * @param parts one per round
 */
public record PromptSplit(List<List<Prompt>> parts) {
  /** Copies the lists. */
  public PromptSplit {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /** Parts drawn at random; the same seed gives the same parts. */
  public static PromptSplit random(List<Prompt> prompts, int rounds, long seed) {
    return ordered(shuffled(prompts, seed), rounds);
  }

  /**
   * The prompts that a run without a curriculum learns in a round, in its order.
   *
   * @param rounds of the run
   * @param round from 1
   * @param seed of the run
   */
  public static List<Prompt> ofRound(List<Prompt> prompts, int rounds, int round, long seed) {
    List<Prompt> part =
        random(prompts, rounds, DrawSeed.of(seed, "split", 0, "")).parts().get(round - 1);
    return shuffled(part, DrawSeed.of(seed, "shuffle", round, ""));
  }

  /** Parts that follow the order given: the first part first. */
  public static PromptSplit ordered(List<Prompt> prompts, int rounds) {
    if (prompts.size() < rounds) {
      throw new UserError(
          prompts.size() + " prompts cannot be shared out among " + rounds + " rounds.",
          "Give at least one prompt per round, or set --rounds "
              + Math.max(1, prompts.size())
              + ".");
    }
    List<List<Prompt>> parts = new ArrayList<>();
    for (int t = 0; t < rounds; t++) {
      parts.add(
          prompts.subList(
              border(prompts.size(), t, rounds), border(prompts.size(), t + 1, rounds)));
    }
    return new PromptSplit(parts);
  }

  /** The first part in every round. */
  public PromptSplit reused() {
    return new PromptSplit(Collections.nCopies(parts.size(), parts.get(0)));
  }

  /** A copy in random order. */
  public static <T> List<T> shuffled(List<T> values, long seed) {
    List<T> copy = new ArrayList<>(values);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }

  private static int border(int size, int part, int parts) {
    return (int) ((long) size * part / parts);
  }
}
