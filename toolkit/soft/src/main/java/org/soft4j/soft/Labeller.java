package org.soft4j.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.DrawSeed;
import org.soft4j.core.OnDemand;
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
    List<Label> all = new ArrayList<>();
    label(
        model,
        List.of(prompts),
        round,
        round,
        (chunk, labels) -> all.addAll(labels),
        Cancellation.NEVER);
    return List.copyOf(all);
  }

  /**
   * Labels the prompts of some chunks.
   *
   * @param model that writes
   * @param chunks of prompts, in the order of the result
   * @param round its draws belong to
   * @param demonstrationRound the round whose demonstrations are used; 0 are those the difficulty
   *     was computed with
   * @param sink gets the labels chunk by chunk, and hears of each that is finished
   * @param cancel asked by the model
   */
  public void label(
      LanguageModel model,
      List<List<Prompt>> chunks,
      int round,
      int demonstrationRound,
      ChunkSink<Label> sink,
      Cancellation cancel) {
    write(model, chunks, part -> asked(part, round, demonstrationRound), sink, cancel);
  }

  /** Responses under the bare prompt, for a difficulty that sees no demonstrations. */
  void bare(
      LanguageModel model,
      List<List<Prompt>> chunks,
      int round,
      ChunkSink<Label> sink,
      Cancellation cancel) {
    write(
        model,
        chunks,
        part -> asked(part, Collections.nCopies(part.size(), List.of()), round),
        sink,
        cancel);
  }

  private static void write(
      LanguageModel model,
      List<List<Prompt>> chunks,
      Function<List<Prompt>, Asked> asking,
      ChunkSink<Label> sink,
      Cancellation cancel) {
    OnDemand<Asked> asked = new OnDemand<>(chunks.size(), chunk -> asking.apply(chunks.get(chunk)));
    model.generateChunks(
        asked.list(Asked::requests),
        sink.after((chunk, generations) -> asked.take(chunk).labels(generations)),
        cancel);
  }

  /**
   * What a model is asked for some prompts; {@link #labels} makes labels of what it wrote.
   *
   * @param prompts in the order of the labels
   * @param demonstrations of each
   * @param requests one for each
   */
  public record Asked(
      List<Prompt> prompts,
      List<List<Demonstration>> demonstrations,
      List<GenerationRequest> requests) {
    public Asked {
      prompts = List.copyOf(prompts);
      demonstrations = List.copyOf(demonstrations);
      requests = List.copyOf(requests);
    }

    /** Labels of what was written to the requests, in their order. */
    public List<Label> labels(List<Generation> generations) {
      List<Label> labels = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        labels.add(
            record(prompts.get(i), demonstrations.get(i), requests.get(i), generations.get(i)));
      }
      return List.copyOf(labels);
    }
  }

  /** What is asked for some prompts; parameters as for {@link #label}. */
  public Asked asked(List<Prompt> prompts, int round, int demonstrationRound) {
    return asked(
        prompts,
        prompts.stream().map(prompt -> demonstrations(prompt, demonstrationRound)).toList(),
        round);
  }

  private Asked asked(List<Prompt> prompts, List<List<Demonstration>> demonstrations, int round) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      requests.add(request(prompts.get(i), demonstrations.get(i), round));
    }
    return new Asked(prompts, demonstrations, requests);
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
