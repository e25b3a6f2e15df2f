package org.soft4j.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.DrawSeed;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;

/**
 * Lets a model write labels: context in, response out. Knows no files; {@link LabelFilters} decides
 * afterwards what is learned.
 *
 * @param pool the ICL pool
 * @param template how contexts are written
 * @param choice which demonstrations
 * @param settings how responses are drawn
 * @param seed of the run
 */
public record Labeller(
    IclPool pool,
    PromptTemplate template,
    DemonstrationChoice choice,
    LabelSettings settings,
    long seed) {
  /** Labels as a run with these settings does. */
  public static Labeller of(IclPool pool, PromptTemplate template, SoftSettings settings) {
    return new Labeller(
        pool,
        template,
        settings.demonstrations().resolve(settings.seed()),
        settings.labelling(),
        settings.seed());
  }

  /** The demonstrations of a prompt in a round; equal arguments give equal demonstrations. */
  public List<Demonstration> demonstrations(Prompt prompt, int round) {
    return choice.choose(
        pool, prompt.text(), DrawSeed.of(seed, "demonstrations", round, prompt.id()));
  }

  /** The whole context of a prompt in a round. */
  public String context(Prompt prompt, int round) {
    return template.context(demonstrations(prompt, round), prompt.text());
  }

  /** Labels every prompt under fresh demonstrations for the round, without files or interrupts. */
  public List<Label> label(LanguageModel model, List<Prompt> prompts, int round) {
    return label(model, prompts, round, round, done -> {}, Cancellation.NEVER);
  }

  /**
   * Labels every prompt.
   *
   * @param model that writes
   * @param prompts in the order of the result
   * @param round its draws belong to
   * @param demonstrationRound the round whose demonstrations are used; 0 are those the difficulty
   *     was computed with
   * @param advanced hears of each finished label
   * @param cancel asked by the model
   */
  public List<Label> label(
      LanguageModel model,
      List<Prompt> prompts,
      int round,
      int demonstrationRound,
      IntConsumer advanced,
      Cancellation cancel) {
    List<List<Demonstration>> demonstrations = new ArrayList<>();
    for (Prompt prompt : prompts) {
      demonstrations.add(demonstrations(prompt, demonstrationRound));
    }
    return write(model, prompts, demonstrations, round, advanced, cancel);
  }

  /** Responses under the bare prompt, for a difficulty that sees no demonstrations. */
  List<Label> bare(
      LanguageModel model,
      List<Prompt> prompts,
      int round,
      IntConsumer advanced,
      Cancellation cancel) {
    List<List<Demonstration>> none = Collections.nCopies(prompts.size(), List.of());
    return write(model, prompts, none, round, advanced, cancel);
  }

  private List<Label> write(
      LanguageModel model,
      List<Prompt> prompts,
      List<List<Demonstration>> demonstrations,
      int round,
      IntConsumer advanced,
      Cancellation cancel) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      requests.add(request(prompts.get(i), demonstrations.get(i), round));
    }
    List<Label> labels = new ArrayList<>(Collections.nCopies(prompts.size(), null));
    model.generate(
        requests,
        (i, generation) -> {
          labels.set(i, record(prompts.get(i), demonstrations.get(i), requests.get(i), generation));
          advanced.accept(1);
        },
        cancel);
    return List.copyOf(labels);
  }

  private GenerationRequest request(Prompt prompt, List<Demonstration> demonstrations, int round) {
    return new GenerationRequest(
        template.context(demonstrations, prompt.text()),
        settings.sampling(),
        settings.maxNewTokens(),
        template.stopStrings(),
        DrawSeed.of(seed, "label", round, prompt.id()));
  }

  private static Label record(
      Prompt prompt,
      List<Demonstration> demonstrations,
      GenerationRequest request,
      Generation generation) {
    return new Label(
        prompt.id(),
        prompt.type(),
        prompt.text(),
        demonstrations.stream().map(Demonstration::id).toList(),
        generation.text().strip(),
        generation.tokens(),
        generation.finish(),
        generation.perplexity(),
        generation.meanEntropy(),
        request.seed());
  }
}
