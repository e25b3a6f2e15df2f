package org.soft4j.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.core.DrawSeed;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Words;
import org.soft4j.soft.PromptSplit;

/**
 * What decides which round is kept, and the pool without it: no demonstration may show what is
 * measured.
 *
 * @param rows prompts with the responses one wishes for
 * @param pool what is left of it
 * @param from where the rows come from, in words
 */
record ValidationSet(List<Demonstration> rows, List<Demonstration> pool, String from) {
  /** Rows of their own; pool rows with a prompt of theirs are left out. */
  static ValidationSet of(List<Demonstration> rows, List<Demonstration> pool, String from) {
    Set<String> asked =
        rows.stream().map(row -> Words.normal(row.prompt())).collect(Collectors.toSet());
    List<Demonstration> others =
        pool.stream().filter(row -> !asked.contains(Words.normal(row.prompt()))).toList();
    int shared = pool.size() - others.size();
    return new ValidationSet(
        rows,
        others,
        shared == 0
            ? from
            : "%s (%s of the pool, left out there)"
                .formatted(from, shared == 1 ? "1 is" : shared + " are"));
  }

  /**
   * A share of the pool, drawn at random.
   *
   * @param share more than 0 and less than 1
   * @param seed of the run
   */
  static ValidationSet held(List<Demonstration> pool, double share, long seed) {
    int count = (int) Math.max(1, Math.round(share * pool.size()));
    if (count >= pool.size()) {
      throw new UserError(
          "--validation-share %s holds out the whole pool of %s rows."
              .formatted(share, pool.size()),
          "Give a smaller share, or a larger pool.");
    }
    Set<Demonstration> drawn =
        new HashSet<>(
            PromptSplit.shuffled(pool, DrawSeed.of(seed, "validation", 0, "")).subList(0, count));
    List<Demonstration> rows = new ArrayList<>(pool);
    rows.retainAll(drawn);
    List<Demonstration> rest = new ArrayList<>(pool);
    rest.removeAll(drawn);
    return new ValidationSet(
        List.copyOf(rows),
        List.copyOf(rest),
        "held out of the pool's %s (--validation-share %s)".formatted(pool.size(), share));
  }
}
