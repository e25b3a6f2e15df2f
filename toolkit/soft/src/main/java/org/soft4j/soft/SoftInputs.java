package org.soft4j.soft;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.PromptTemplate;

/**
 * What a run works on.
 *
 * @param prompts unlabelled, with unique ids
 * @param pool the ICL pool
 * @param template how contexts are written
 * @param validation prompts with reference responses that decide which round is kept; may be empty
 * @param benchmarks texts of the benchmarks by name; rows that overlap with them are left out
 * @param sources where things came from (file, catalogue name), recorded in run.json
 * @param known truth and form of some answers, by which errors of labels are counted and nothing is
 *     learned
 */
public record SoftInputs(
    List<Prompt> prompts,
    IclPool pool,
    PromptTemplate template,
    List<Demonstration> validation,
    Map<String, List<String>> benchmarks,
    Map<String, String> sources,
    KnownAnswers known) {
  /** Copies the lists and refuses repeated ids. */
  public SoftInputs {
    prompts = List.copyOf(prompts);
    validation = List.copyOf(validation);
    benchmarks = Collections.unmodifiableMap(new LinkedHashMap<>(benchmarks));
    sources = Map.copyOf(sources);
    Set<String> ids = new HashSet<>();
    for (Prompt p : prompts) {
      if (!ids.add(p.id())) {
        throw new UserError(
            "The prompts have the id \"" + p.id() + "\" twice.", "Give every prompt its own id.");
      }
    }
  }

  /** Prompts of which nothing is known. */
  public SoftInputs(
      List<Prompt> prompts,
      IclPool pool,
      PromptTemplate template,
      List<Demonstration> validation,
      Map<String, List<String>> benchmarks,
      Map<String, String> sources) {
    this(prompts, pool, template, validation, benchmarks, sources, KnownAnswers.NONE);
  }

  /** Texts of benchmarks that need not be told apart. */
  public SoftInputs(
      List<Prompt> prompts,
      IclPool pool,
      PromptTemplate template,
      List<Demonstration> validation,
      List<String> benchmarkTexts,
      Map<String, String> sources) {
    this(prompts, pool, template, validation, Map.of("benchmarks", benchmarkTexts), sources);
  }

  /** Texts of all benchmarks, in their order. */
  public List<String> benchmarkTexts() {
    return benchmarks.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The same under another template.
   *
   * @param why it is this one, recorded among the sources
   */
  public SoftInputs with(PromptTemplate other, String why) {
    Map<String, String> told = new LinkedHashMap<>(sources);
    told.put("template_chosen", why);
    return new SoftInputs(prompts, pool, other, validation, benchmarks, told, known);
  }

  /** The same, with what is known of the answers. */
  public SoftInputs knowing(KnownAnswers answers) {
    return new SoftInputs(prompts, pool, template, validation, benchmarks, sources, answers);
  }

  /** Prompts, pool and template only. */
  public static SoftInputs of(List<Prompt> prompts, IclPool pool, PromptTemplate template) {
    return new SoftInputs(
        prompts, pool, template, List.of(), Map.<String, List<String>>of(), Map.of());
  }
}
