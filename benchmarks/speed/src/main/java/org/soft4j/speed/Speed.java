package org.soft4j.speed;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

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
  private static final Path NONE = Path.of("");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private LockOptions locks;

  private Speed() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** Runs one program; the exit code is 0 on success and 2 on a user's error. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    Speed speed = new Speed();
    CommandLine line =
        new CommandLine(speed)
            .setExecutionStrategy(speed::locked)
            .setExecutionExceptionHandler((e, c, p) -> explain(e, c));
    return line.execute(arguments);
  }

  /** Runs a program in its folder of inputs and results, which it has to itself. */
  private int locked(ParseResult parsed) {
    Path work =
        parsed.hasSubcommand() ? parsed.subcommand().matchedOptionValue("--work", NONE) : NONE;
    CommandLine.IExecutionStrategy run = new CommandLine.RunLast();
    if (work.equals(NONE) || parsed.subcommand().isUsageHelpRequested()) {
      return run.execute(parsed);
    }
    try {
      return locks.folder(work, "--work", () -> run.execute(parsed));
    } catch (ExecutionException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), "refused", failure);
    }
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
