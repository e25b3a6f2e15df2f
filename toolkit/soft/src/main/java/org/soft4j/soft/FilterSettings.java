package org.soft4j.soft;

import java.util.List;
import org.soft4j.core.Setting;

/**
 * Which labels are dropped; each filter can be switched off, and each drop is counted by its
 * reason.
 */
public record FilterSettings(
    @Setting("Drops a label with no text.") boolean empty,
    @Setting(
            value = "Drops a label with fewer words; 1 drops nothing that empty keeps.",
            unit = "words")
        int minWords,
    @Setting("Drops a label cut by the bound on tokens: it would teach not to stop.")
        boolean unfinished,
    @Setting(
            value =
                "Drops a label in which the same 4 words stand this often or more; 3, the first "
                    + "count that no plain sentence reaches; 0 switches it off.",
            unit = "times")
        int repeats,
    @Setting("Drops a label that is or begins with its prompt.") boolean copiesPrompt,
    @Setting("Drops a label that is a response of the pool, word by word.") boolean copiesPool,
    @Setting("Drops a label that contains one of these, whatever the case.")
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
