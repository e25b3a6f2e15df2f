package org.soft4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Write the report of a run or an evaluation from its files, or several side by side.",
    footer = {
      "",
      "One folder gets report.html and report.md. Of several, comparison.html and comparison.md are "
          + "written into --out."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of runs or evaluations; the first of several is compared with.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for several runs' report (default: the first run's).")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    Path first = runs.get(0);
    spec.commandLine()
        .getOut()
        .println(runs.size() == 1 ? Report.write(first) : Report.write(runs, out.orElse(first)));
    return 0;
  }
}
