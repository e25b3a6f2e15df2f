package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import org.soft4j.stages.TextJobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Score how likely continuations are: JSON Lines in, JSON Lines out.",
    footer = {
      "",
      "Reads lines {\"context\": …, \"continuation\": …} and writes, in the same order, lines"
          + " {\"logprob\", \"tokens\", \"greedy\"}: natural logarithm, number of tokens, and"
          + " whether each token was the most likely one.",
      "A continuation that cannot be scored, because the tokenizer joins all of it with the"
          + " context's end or it is longer than the model's window, has logprob null and 0 tokens;"
          + " \"caveats\" says why, and says where a context was cut on the left to fit the"
          + " window. Such lines are counted at the end; the exit code is 0.",
      "To continue after an interrupt, run the same command again."
    })
final class ScoreCommand implements Callable<Integer>, Resumable {
  private static final int MOST_NAMED = 10;

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Mixin private SettingOptions changes = SettingOptions.overDefaults();

  @Option(names = "--input", required = true, paramLabel = "F", description = "JSON Lines to read.")
  private Path input;

  @Option(names = "--output", required = true, paramLabel = "F", description = "File to write.")
  private Path output;

  @Override
  public Integer call() throws Exception {
    Settings settings = changes.resolved("model.name").value();
    TextJobs.check(output);
    return locks.file(output, "--output", () -> score(settings));
  }

  private int score(Settings settings) {
    // Another process may have made it while this one waited.
    TextJobs.check(output);
    TextJobs.checkPairs(input);
    try (OpenedModel opened = root.endpoints(settings).open(settings.model().choice())) {
      TextJobs.Scored scored =
          new TextJobs(opened.model(), root.progress(), root.interrupt()).score(input, output);
      scored
          .caveats()
          .forEach((caveat, lines) -> warn(spec, "texts", caveat, lines, scored.lines()));
      PrintWriter screen = spec.commandLine().getOut();
      opened.model().positions().ifPresent(positions -> screen.println(positions.text()));
      screen.flush();
    }
    return 0;
  }

  @Override
  public String kept() {
    return "finished lines are kept beside " + output;
  }

  static void warn(CommandSpec spec, String what, Caveat caveat, List<Integer> numbers, int of) {
    spec.commandLine()
        .getErr()
        .printf(
            "%s of %s %s: %s (caveats \"%s\"): line %s%n",
            numbers.size(), of, what, caveat.words(), caveat.text(), named(numbers));
  }

  /** The first of many lines, by number. */
  static String named(List<Integer> numbers) {
    String first =
        numbers.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return numbers.size() > MOST_NAMED ? first + ", …" : first;
  }
}
