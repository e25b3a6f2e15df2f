package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.session.OpenedModel;
import org.soft4j.session.TextJobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Tell how likely continuations are: JSON Lines in, JSON Lines out.",
    footer = {
      "",
      "Input lines {\"context\": …, \"continuation\": …}; output lines, in the same order, "
          + "{\"logprob\", \"tokens\", \"greedy\"}: natural logarithm, number of tokens, and whether each "
          + "token was the most likely one.",
      "The same command goes on where an interrupted one stopped."
    })
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private ModelOptions model;

  @Option(names = "--input", required = true, paramLabel = "F", description = "JSON Lines to read.")
  private Path input;

  @Option(names = "--output", required = true, paramLabel = "F", description = "File to write.")
  private Path output;

  @Override
  public Integer call() {
    TextJobs.check(output);
    try (OpenedModel opened = root.opener().open(model.choice());
        Interrupt interrupt = new Interrupt(System.err)) {
      new TextJobs(opened.model(), root.progress(), interrupt).score(input, output);
      PrintWriter screen = spec.commandLine().getOut();
      opened.model().positions().ifPresent(positions -> screen.println(positions.text()));
      screen.flush();
    }
    return 0;
  }
}
