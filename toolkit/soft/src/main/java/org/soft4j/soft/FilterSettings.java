package org.soft4j.soft;

import java.util.List;

/**
 * Which labels are dropped; each filter can be switched off, and each drop is counted by its
 * reason.
 *
 * @param empty drops a label with no text
 * @param minWords drops a label with fewer words; 1 drops nothing that {@code empty} keeps
 * @param unfinished drops a label cut by the bound on tokens: it would teach not to stop
 * @param repeats drops a label in which the same 4 words stand this often or more; 3, the first
 *     count that no plain sentence reaches; 0 switches it off
 * @param copiesPrompt drops a label that is or begins with its prompt
 * @param copiesPool drops a label that is a response of the pool, word by word
 * @param blacklist drops a label that contains one of these, whatever the case
 */
public record FilterSettings(
    boolean empty,
    int minWords,
    boolean unfinished,
    int repeats,
    boolean copiesPrompt,
    boolean copiesPool,
    List<String> blacklist) {
  /** All on, no blacklist. */
  public static final FilterSettings DEFAULT =
      new FilterSettings(true, 1, true, 3, true, true, List.of());

  /** Nothing is dropped. */
  public static final FilterSettings NONE =
      new FilterSettings(false, 0, false, 0, false, false, List.of());

  /** Checks the ranges and copies the list. */
  public FilterSettings {
    Checks.atLeast("filters.min_words", minWords, 0);
    Checks.atLeast("filters.repeats", repeats, 0);
    blacklist = List.copyOf(blacklist);
  }
}
