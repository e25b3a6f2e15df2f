package org.soft4j.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ScratchFolder;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.speed.machine.ModelShape;
import org.soft4j.speed.machine.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains LoRA on the examples, in their order, with {@link Recipe}. */
@Command(name = "training", description = "Real tokens a second while training LoRA.")
final class TrainingCommand implements Callable<Integer> {
  @Mixin private Opening opening;

  @Option(names = "--examples", defaultValue = "32")
  private int examples;

  @Option(names = "--tokens-per-micro-batch", defaultValue = "2048")
  private int tokensPerMicroBatch;

  @Override
  public Integer call() {
    Work work = opening.work();
    List<TrainingExample> texts =
        work.examples(examples).stream()
            .map(e -> new TrainingExample(e.prompt(), e.completion()))
            .toList();
    try (ScratchFolder scratch = ScratchFolder.in(work.folder(), "trained-");
        LocalModel model = opening.open(work.model())) {
      Path out = scratch.root();
      train(model, texts.subList(0, 1), 0, out.resolve("warm-up"));
      long start = System.nanoTime();
      List<TrainingStep> steps = train(model, texts, Recipe.RATE, out.resolve("timed"));
      double seconds = (System.nanoTime() - start) / 1e9;
      opening.write(
          "training",
          model,
          values(model, texts, steps, seconds),
          steps.stream().map(TrainingStep::loss).toList(),
          Map.of(
              "examples", "" + texts.size(),
              "batch", "" + Recipe.BATCH,
              "tokens_per_micro_batch", "" + tokensPerMicroBatch));
    }
    return 0;
  }

  private List<TrainingStep> train(
      LocalModel model, List<TrainingExample> texts, double rate, Path out) {
    List<TrainingStep> steps = new ArrayList<>();
    model.train(
        texts,
        Recipe.settings(rate, tokensPerMicroBatch),
        new TrainingOutput(out.resolve("adapter"), out.resolve("checkpoint")),
        (index, step) -> steps.add(step),
        Cancellation.NEVER);
    return steps;
  }

  private static Map<String, Double> values(
      LocalModel model, List<TrainingExample> texts, List<TrainingStep> steps, double seconds) {
    Tokenizer tokenizer = model.source().tokenizer();
    long attended = 0;
    for (TrainingExample text : texts) {
      // One more for the stop token that the training appends.
      attended +=
          Operations.attended(tokenizer.encode(text.prompt() + text.completion()).length + 1);
    }
    long tokens = steps.stream().mapToLong(TrainingStep::tokens).sum();
    long learned = steps.stream().mapToLong(TrainingStep::learnedTokens).sum();
    Operations count = new Operations(ModelShape.of(model.source().architecture()));
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("tokens_s", tokens / seconds);
    values.put("seconds", seconds);
    values.put("tokens", (double) tokens);
    values.put("learned_tokens", (double) learned);
    values.put("gflops", count.lora(tokens, attended, learned, Recipe.RANK) / seconds / 1e9);
    return values;
  }
}
