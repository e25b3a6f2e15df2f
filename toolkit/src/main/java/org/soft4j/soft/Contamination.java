package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;

/**
 * Finds texts that overlap with a benchmark: labels must not be trained on what is measured. Words
 * are compared in lower case without punctuation.
 */
public final class Contamination {
  private final int words;
  private final Set<String> whole = new HashSet<>();
  private final Set<String> runs = new HashSet<>();

  /**
   * A finder.
   *
   * @param benchmarkTexts what is measured
   * @param words length of a run of words that counts as overlap; 0 for equal texts only
   */
  public Contamination(List<String> benchmarkTexts, int words) {
    this.words = words;
    for (String text : benchmarkTexts) {
      whole.add(Words.normal(text));
      if (words > 0) {
        runs.addAll(Words.runSet(text, words));
      }
    }
  }

  /** Whether the text equals a benchmark text or shares a run of words with one. */
  public boolean hits(String text) {
    if (whole.contains(Words.normal(text))) {
      return true;
    }
    return words > 0 && Words.runSet(text, words).stream().anyMatch(runs::contains);
  }

  /** Whether prompt or response overlaps. */
  public boolean hits(Demonstration row) {
    return hits(row.prompt()) || hits(row.response());
  }

  /**
   * Inputs without the overlapping rows, and without prompts that stand in the validation set.
   *
   * @param inputs that are left
   * @param prompts left out, as ids
   * @param pool rows left out, as ids
   * @param validation rows left out, as ids
   */
  public record Cleaned(
      SoftInputs inputs, List<String> prompts, List<String> pool, List<String> validation) {
    /** A sentence for the user. */
    public String summary() {
      return "left out for overlap with benchmarks or validation: %d prompts, %d pool rows, %d validation rows"
          .formatted(prompts.size(), pool.size(), validation.size());
    }

    /** Whether anything was left out. */
    public boolean any() {
      return !prompts.isEmpty() || !pool.isEmpty() || !validation.isEmpty();
    }
  }

  /** Drops what overlaps; a pool left empty is a UserError. */
  public static Cleaned clean(SoftInputs inputs, int words) {
    Contamination benchmark = new Contamination(inputs.benchmarkTexts(), words);
    Contamination held =
        new Contamination(inputs.validation().stream().map(Demonstration::prompt).toList(), 0);
    List<String> prompts = new ArrayList<>();
    List<String> pool = new ArrayList<>();
    List<String> validation = new ArrayList<>();
    List<Prompt> keptPrompts = new ArrayList<>(inputs.prompts());
    keptPrompts.removeIf(
        p -> (benchmark.hits(p.text()) || held.hits(p.text())) && prompts.add(p.id()));
    List<Demonstration> keptPool = new ArrayList<>(inputs.pool().demonstrations());
    keptPool.removeIf(d -> benchmark.hits(d) && pool.add(d.id()));
    List<Demonstration> keptValidation = new ArrayList<>(inputs.validation());
    keptValidation.removeIf(d -> benchmark.hits(d) && validation.add(d.id()));
    SoftInputs kept =
        new SoftInputs(
            keptPrompts,
            IclPool.of(keptPool),
            inputs.template(),
            keptValidation,
            inputs.benchmarkTexts(),
            inputs.sources());
    return new Cleaned(kept, List.copyOf(prompts), List.copyOf(pool), List.copyOf(validation));
  }
}
