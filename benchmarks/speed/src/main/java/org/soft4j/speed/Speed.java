package org.soft4j.speed;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.soft4j.core.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where benchmarks/speed/run enters: one program per figure. */
@Command(
    name = "speed",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PROGRAM",
    description = "Measure the runtime beside the limits of the machine.",
    subcommands = {
      InputsCommand.class,
      LabellingCommand.class,
      TrainingCommand.class,
      ScoringCommand.class,
      RatesCommand.class,
      QualityCommand.class,
      FirstTokenCommand.class,
      SweepCommand.class,
      BestCommand.class,
      PageCommand.class
    })
public final class Speed implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Speed() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** Runs one program; the exit code is 0 on success and 2 on a user's error. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new Speed()).setExecutionExceptionHandler((e, c, p) -> explain(e, c));
    System.exit(line.execute(arguments));
  }

  private static int explain(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof UserError error) {
      PrintWriter err = command.getErr();
      err.println("error: " + error.getMessage());
      err.println("  " + error.remedy());
      return 2;
    }
    throw failure;
  }
}
