package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.soft4j.core.UserError;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.stages.TextJobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Continue texts: JSON Lines in, JSON Lines out.",
    footer = {
      "",
      "Input lines {\"prompt\": …}; output lines, in the same order, "
          + "{\"prompt\", \"text\", \"tokens\", \"finish\"}. The prompt is taken as it is: special tokens "
          + "are parsed, a beginning token is added only where the tokenizer itself adds it. Finish is "
          + "stop, length, no_room where the prompt alone fills the model's window, or other where a"
          + " server ended the answer; \"caveats\" names refused, filtered, empty and other answers"
          + " that are not plain, which are counted at the end.",
      "The same command goes on where an interrupted one stopped."
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private ModelOptions model;
  @Mixin private LockOptions locks;

  @Option(names = "--input", required = true, paramLabel = "F", description = "JSON Lines to read.")
  private Path input;

  @Option(names = "--output", required = true, paramLabel = "F", description = "File to write.")
  private Path output;

  @Option(
      names = "--max-new-tokens",
      defaultValue = "128",
      paramLabel = "N",
      description = "At most this many tokens (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Option(
      names = "--temperature",
      defaultValue = "0",
      paramLabel = "T",
      description = "0 takes the most likely token (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-p",
      defaultValue = "1",
      paramLabel = "P",
      description = "Share of probability that may be drawn (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--top-k",
      defaultValue = "0",
      paramLabel = "K",
      description = "Number of tokens that may be drawn; 0 for all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "S",
      description = "Line i draws from the random stream of S and i (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Generation ends before this text; may be repeated.")
  private List<String> stop = List.of();

  @Option(
      names = "--apply-chat-template",
      description = "Treat each prompt as a user's turn in the model's chat template.")
  private boolean applyChatTemplate;

  @Override
  public Integer call() throws Exception {
    Sampling sampling = sampling();
    TextJobs.check(output);
    return locks.file(output, "--output", () -> generate(sampling));
  }

  private int generate(Sampling sampling) {
    // Another process may have made it while this one waited.
    TextJobs.check(output);
    try (OpenedModel opened = root.opener().open(model.choice());
        Interrupt interrupt = new Interrupt(System.err)) {
      TextJobs jobs = new TextJobs(opened.model(), root.progress(), interrupt);
      TextJobs.Written written =
          jobs.generate(
              input,
              output,
              new TextJobs.Writing(sampling, maxNewTokens, stop, seed, chat(opened)));
      warn(written.withoutRoom(), opened);
      written
          .caveats()
          .forEach(
              (caveat, lines) ->
                  ScoreCommand.warn(spec, "prompts", caveat, lines, written.lines()));
    }
    return 0;
  }

  /**
   * Nothing was written for these, which a reader of the texts may take for the model's silence.
   */
  private void warn(List<Integer> withoutRoom, OpenedModel opened) {
    if (withoutRoom.isEmpty()) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "warning: %d of the prompts fill the whole window of %s, so that nothing is written for"
            + " them (finish \"no_room\"): line %s%n",
        withoutRoom.size(), opened.model().identity().name(), ScoreCommand.named(withoutRoom));
    err.println("  Shorten them; `soft4j models inspect` says how many tokens fit.");
    err.flush();
  }

  private Sampling sampling() {
    if (maxNewTokens < 1) {
      throw new UserError(
          "--max-new-tokens is %d.".formatted(maxNewTokens), "Give a number of 1 or more.");
    }
    try {
      return new Sampling(temperature, topP, topK);
    } catch (IllegalArgumentException refused) {
      throw new UserError(
          "The sampling flags do not hold: %s.".formatted(refused.getMessage()),
          "Mend --temperature, --top-p or --top-k.",
          refused);
    }
  }

  private Optional<UnaryOperator<String>> chat(OpenedModel opened) {
    if (!applyChatTemplate) {
      return Optional.empty();
    }
    if (opened.chat().isEmpty()) {
      throw new UserError(
          "%s has no chat template.".formatted(opened.model().identity().name()),
          "Leave --apply-chat-template out and write the turns into the prompts.");
    }
    return opened.chat().map(format -> format);
  }
}
