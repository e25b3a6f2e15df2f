package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.soft4j.stages.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    mixinStandardHelpOptions = true,
    description = "Describe this machine, to paste into a bug report.")
final class EnvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Environment.describe().forEach((name, value) -> out.printf("%-16s %s%n", name, value));
    return 0;
  }
}
