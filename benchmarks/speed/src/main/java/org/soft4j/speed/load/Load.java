package org.soft4j.speed.load;

import java.util.concurrent.Callable;
import org.soft4j.core.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where benchmarks/load/run enters: one program per load, each prints one table. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PROGRAM",
    description = "Load the program, and print time and memory against the amount of work.",
    subcommands = {
      LabelLoad.class,
      RunLoad.class,
      StudyLoad.class,
      LabsLoad.class,
      EndpointLoad.class
    })
public final class Load implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Load() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** Runs one program; the exit code is 1 where time or memory grew faster than the work. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Load());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof UserError error) {
            System.err.println("error: " + error.getMessage() + "\n  " + error.remedy());
            return 2;
          }
          throw failure;
        });
    System.exit(line.execute(arguments));
  }
}
