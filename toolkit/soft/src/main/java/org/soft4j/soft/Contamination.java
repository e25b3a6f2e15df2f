package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.Words;

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
   * @param counts for each of the three, how many rows overlap with each benchmark; a row that
   *     overlaps with two counts for both
   */
  public record Cleaned(
      SoftInputs inputs,
      List<String> prompts,
      List<String> pool,
      List<String> validation,
      Map<String, Map<String, Integer>> counts) {
    /** A sentence for the user. */
    public String summary() {
      return "left out for overlap with benchmarks or validation: %s prompts, %s pool rows, %s validation rows"
          .formatted(prompts.size(), pool.size(), validation.size());
    }

    /** Whether anything was left out. */
    public boolean any() {
      return !prompts.isEmpty() || !pool.isEmpty() || !validation.isEmpty();
    }
  }

  /** Drops what overlaps; a pool left empty is a UserError. */
  public static Cleaned clean(SoftInputs inputs, int words) {
    Map<String, Contamination> finders = finders(inputs, words);
    Counts prompts = new Counts(finders);
    Counts pool = new Counts(finders);
    Counts validation = new Counts(finders);
    Counts held = new Counts(held(inputs));
    List<Prompt> keptPrompts = new ArrayList<>(inputs.prompts());
    // Both are asked, so that both count.
    keptPrompts.removeIf(
        p -> prompts.hit(p.id(), f -> f.hits(p.text())) | held.hit(p.id(), f -> f.hits(p.text())));
    List<Demonstration> keptPool = new ArrayList<>(inputs.pool().demonstrations());
    keptPool.removeIf(d -> pool.hit(d.id(), f -> f.hits(d)));
    List<Demonstration> keptValidation = new ArrayList<>(inputs.validation());
    keptValidation.removeIf(d -> validation.hit(d.id(), f -> f.hits(d)));
    Set<String> dropped = new LinkedHashSet<>();
    inputs.prompts().stream()
        .map(Prompt::id)
        .filter(id -> prompts.ids.contains(id) || held.ids.contains(id))
        .forEach(dropped::add);
    Map<String, Integer> promptCounts = new TreeMap<>(prompts.counts);
    promptCounts.putAll(held.counts);
    SoftInputs kept =
        new SoftInputs(
            keptPrompts,
            IclPool.of(keptPool),
            inputs.template(),
            keptValidation,
            inputs.benchmarks(),
            inputs.sources(),
            inputs.known());
    return new Cleaned(
        kept,
        List.copyOf(dropped),
        List.copyOf(pool.ids),
        List.copyOf(validation.ids),
        Map.of("prompts", promptCounts, "pool", pool.counts, "validation", validation.counts));
  }

  private static Map<String, Contamination> finders(SoftInputs inputs, int words) {
    Map<String, Contamination> finders = new LinkedHashMap<>();
    inputs
        .benchmarks()
        .forEach((name, texts) -> finders.put(name, new Contamination(texts, words)));
    return finders;
  }

  private static Map<String, Contamination> held(SoftInputs inputs) {
    List<String> texts = inputs.validation().stream().map(Demonstration::prompt).toList();
    return Map.of("validation", new Contamination(texts, 0));
  }

  /** Which rows overlap, and with what. */
  private static final class Counts {
    private final Map<String, Contamination> finders;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    Counts(Map<String, Contamination> finders) {
      this.finders = finders;
      finders.keySet().forEach(name -> counts.put(name, 0));
    }

    boolean hit(String id, Predicate<Contamination> overlaps) {
      finders.forEach(
          (name, finder) -> {
            if (overlaps.test(finder)) {
              ids.add(id);
              counts.merge(name, 1, Integer::sum);
            }
          });
      return ids.contains(id);
    }
  }
}
