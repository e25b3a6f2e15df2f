package org.soft4j.soft;

import org.soft4j.core.Setting;

/** How prompts are shared out among the rounds. */
public record SplitSettings(
    @Setting(
            "false: T disjoint parts, since the paper never reuses a prompt; true: the first "
                + "part in every round.")
        boolean reuse,
    @Setting(
            value =
                "Prompts, pool and validation rows that share this many words in a row with a "
                    + "benchmark text are left out; 8 is the customary length; 0 leaves out equal texts "
                    + "only.",
            unit = "words")
        int benchmarkWords) {
  /** Disjoint parts, 8 words. */
  public static final SplitSettings DEFAULT = new SplitSettings(false, 8);

  /** Checks the range. */
  public SplitSettings {
    Checks.atLeast("split.benchmark_words", benchmarkWords, 0);
  }
}
