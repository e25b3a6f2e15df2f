package org.soft4j.lm.outside;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.WholeFolder;
import org.soft4j.lm.tokenizer.UserText;

/**
 * Lets a command train an adapter: it gets the examples in a file of prompts and completions (TRL's
 * format), and its adapter is looked at before it is taken over.
 *
 * <p>A training that was stopped begins again with the same examples and the same {@code {out}}, in
 * which the trainer finds what it has left there; whether it goes on from that is its own affair.
 *
 * @param command to run
 * @param log file that gets all it prints
 */
public record OutsideTraining(TrainerCommand command, Path log) {
  private static final String EXAMPLES = "examples.jsonl";

  /**
   * Trains from a model as it stands.
   *
   * @param output the result gets the two files of the adapter, at once; beside the checkpoint lie
   *     the examples and the trainer's own folder
   * @param say hears every line that the trainer prints; from this thread
   * @throws UserError if the trainer fails, or its adapter cannot be used
   */
  public ReturnedAdapter train(
      TrainableModel model,
      List<TrainingExample> examples,
      TrainingOutput output,
      Consumer<String> say,
      Cancellation cancel) {
    TrainableModel.Start start = model.start().orElseThrow(OutsideTraining::notHere);
    Optional<String> named = named(start);
    Path out = output.checkpoint().resolve("out");
    Path file = given(examples, output.checkpoint(), out);
    Map<String, String> places = new LinkedHashMap<>();
    places.put(TrainerCommand.BASE, named.orElse(""));
    places.put(TrainerCommand.EXAMPLES, file.toAbsolutePath().toString());
    places.put(TrainerCommand.OUT, out.toAbsolutePath().toString());
    places.put(
        TrainerCommand.PREVIOUS,
        start.adapter().map(adapter -> adapter.toAbsolutePath().toString()).orElse(""));
    TrainerProcess.prepare(log);
    try {
      new TrainerProcess(command.filled(places), log, say).run(cancel);
    } catch (CancellationException stopped) {
      throw new StoppedWork(
          "the outside trainer was stopped; what it left is kept in " + out, stopped);
    }
    ReturnedAdapter returned =
        ReturnedAdapter.of(out, command, named, start.adapter(), examples.size());
    model.requireFits(out);
    take(out, output.result());
    return returned;
  }

  /** Looks again at an adapter that was taken over, for whoever was stopped before it was told. */
  public ReturnedAdapter look(TrainableModel model, Path adapter, int examples) {
    TrainableModel.Start start = model.start().orElseThrow(OutsideTraining::notHere);
    return ReturnedAdapter.of(adapter, command, named(start), start.adapter(), examples);
  }

  private static UserError notHere() {
    return new UserError(
        "This model's files are not on this machine, so that no command can train it.",
        "Train it by --set training.command= (the trainer inside), or name a model that is here.");
  }

  /** What {@code {base}} stands for, where the command has it. */
  private Optional<String> named(TrainableModel.Start start) {
    if (!command.takes(TrainerCommand.BASE)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(start.model())) {
      throw new UserError(
          "%s is a single file, which trainers do not open by its name.".formatted(start.model()),
          "Open the model's folder (Hugging Face layout) with --model, or write that folder or its"
              + " hub name into training.command in place of {base}.");
    }
    return Optional.of(start.model().toAbsolutePath().toString());
  }

  /** Writes the examples; what a trainer has left of others is removed. */
  private static Path given(List<TrainingExample> examples, Path folder, Path out) {
    Path file = folder.resolve(EXAMPLES);
    String text = lines(examples);
    if (Files.exists(file) && !WholeFile.read(file).equals(text)) {
      WholeFolder.remove(out);
    }
    WholeFile.write(file, text);
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw FileFault.of(out, e);
    }
    return file;
  }

  /** Examples as {@code {"prompt": …, "completion": …}}, a line each, without marks. */
  public static String lines(List<TrainingExample> examples) {
    return examples.stream()
        .map(
            example ->
                Json.line(
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("prompt", UserText.unmarked(example.prompt()))
                            .put("completion", UserText.unmarked(example.completion())))
                    + "\n")
        .collect(Collectors.joining());
  }

  private static void take(Path out, Path result) {
    WholeFolder.replace(
        result,
        partial -> {
          for (String name : List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS)) {
            Files.copy(out.resolve(name), partial.resolve(name));
          }
        });
  }
}
