package org.soft4j.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Write report.html and report.md of a run again, from its files.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Run folder.")
  private Path run;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(Report.write(run));
    return 0;
  }
}
