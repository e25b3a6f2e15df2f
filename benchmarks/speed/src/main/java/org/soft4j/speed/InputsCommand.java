package org.soft4j.speed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Seeds;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.HelpfulPool;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.speed.machine.PrefixCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes what all sides read. Contexts for labelling are SOFT's: header and demonstrations of the
 * helpful pool, then a real prompt; the first demonstrations are the same in all of them, so that
 * some 380 tokens are shared, and others are drawn per prompt up to some 950 tokens.
 */
@Command(name = "inputs", description = "Write the contexts, the examples and the first adapter.")
final class InputsCommand implements Callable<Integer> {
  private static final int SHARED_TOKENS = 380;
  private static final int CONTEXT_TOKENS = 950;
  private static final int LONGEST_PROMPT = 120;
  private static final int LONGEST_EXAMPLE = 512;

  @Mixin private Opening opening;

  @Option(names = "--data", required = true, description = "Folder with the real data sets.")
  private Path data;

  @Option(names = "--prompts", defaultValue = "64", description = "Contexts to label.")
  private int prompts;

  @Option(names = "--examples", defaultValue = "64", description = "Examples to train on.")
  private int examples;

  @Option(names = "--seed", defaultValue = "1", description = "Of every draw.")
  private long seed;

  @Override
  public Integer call() {
    Work work = opening.work();
    try (LocalModel model = opening.open(work.model())) {
      Tokenizer tokenizer = model.source().tokenizer();
      List<Work.LabelInput> contexts = contexts(tokenizer);
      List<Work.TrainInput> training = training(tokenizer);
      WholeFile.write(work.labelling(), Json.lines(contexts));
      WholeFile.write(work.training(), Json.lines(training));
      writeFirstAdapter(model, training.get(0), work);
      PrefixCount tree =
          PrefixCount.of(contexts.stream().map(c -> tokenizer.encode(c.context())).toList());
      System.out.printf(
          "%s contexts of %s tokens on average, %s shared by all, %s nodes as a prefix tree%n",
          contexts.size(), tree.tokens() / contexts.size(), tree.shared(), tree.nodes());
    }
    return 0;
  }

  private List<Work.LabelInput> contexts(Tokenizer tokenizer) {
    ContextTemplate chat = ContextTemplate.CHATML;
    ContextTemplate template =
        new ContextTemplate(
            "speed",
            "<|im_start|>system\n" + HelpfulPool.header() + "<|im_end|>\n",
            "",
            chat.demonstration(),
            chat.prompt(),
            chat.completion(),
            List.of());
    List<Demonstration> order =
        Seeds.shuffled(HelpfulPool.demonstrations(), Seeds.random(seed, "shared"));
    List<Demonstration> shared = upTo(SHARED_TOKENS, List.of(), order, "", template, tokenizer);
    List<Work.LabelInput> contexts = new ArrayList<>();
    for (Prompt prompt : drawnPrompts(tokenizer)) {
      List<Demonstration> rest =
          Seeds.shuffled(
              order.subList(shared.size(), order.size()), Seeds.random(seed, prompt.id()));
      List<Demonstration> drawn =
          upTo(CONTEXT_TOKENS, shared, rest, prompt.text(), template, tokenizer);
      contexts.add(new Work.LabelInput(prompt.id(), template.context(drawn, prompt.text()), seed));
    }
    return contexts;
  }

  /** Adds demonstrations until the context has that many tokens. */
  private static List<Demonstration> upTo(
      int tokens,
      List<Demonstration> first,
      List<Demonstration> more,
      String prompt,
      ContextTemplate template,
      Tokenizer tokenizer) {
    List<Demonstration> chosen = new ArrayList<>(first);
    for (Demonstration next : more) {
      if (tokenizer.encode(template.context(chosen, prompt)).length >= tokens) {
        break;
      }
      chosen.add(next);
    }
    return chosen;
  }

  private List<Prompt> drawnPrompts(Tokenizer tokenizer) {
    Path file = data.resolve("prompts").resolve("self_instruct_seed.jsonl");
    List<Prompt> fitting =
        PromptFiles.read(file).stream()
            .filter(prompt -> tokenizer.encode(prompt.text()).length <= LONGEST_PROMPT)
            .toList();
    return Seeds.sample(fitting, prompts, Seeds.random(seed, "prompts"));
  }

  /** Real instructions with the answers of another model, in zero-shot contexts. */
  private List<Work.TrainInput> training(Tokenizer tokenizer) {
    Path file = data.resolve("alpaca_eval").resolve("alpaca_eval_reference_text_davinci_003.json");
    List<Work.TrainInput> all = new ArrayList<>();
    for (JsonNode row : Json.read(WholeFile.read(file), JsonNode.class, file.toString())) {
      Work.TrainInput example =
          new Work.TrainInput(
              ContextTemplate.CHATML.zeroShot(row.path("instruction").asText()),
              ContextTemplate.CHATML.completion(row.path("output").asText()),
              seed);
      int length = tokenizer.encode(example.prompt() + example.completion()).length;
      if (!row.path("output").asText().isBlank() && length <= LONGEST_EXAMPLE) {
        all.add(example);
      }
    }
    return Seeds.sample(all, examples, Seeds.random(seed, "examples"));
  }

  /** A training at rate 0 writes the adapter as it begins: A drawn from the seed, B zero. */
  private static void writeFirstAdapter(LocalModel model, Work.TrainInput example, Work work) {
    model.train(
        List.of(new TrainingExample(example.prompt(), example.completion())),
        Recipe.settings(0, 2048),
        new TrainingOutput(work.firstAdapter(), work.folder().resolve("no-checkpoint")),
        (step, done) -> {},
        Cancellation.NEVER);
  }
}
