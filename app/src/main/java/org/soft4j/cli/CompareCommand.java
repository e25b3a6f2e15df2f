package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.NoiseRule;
import org.soft4j.compare.RunComparison;
import org.soft4j.compare.ScoredRun;
import org.soft4j.core.ProcessLock;
import org.soft4j.evaluation.ComparedFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Compare runs with the first one, item by item, after the rounds that they kept.")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description =
          "Run folders, round folders such as runs/a/round-1, folders of eval, or what"
              + " lm-evaluation-harness wrote with --log_samples; the latter are joined by the"
              + " digests of their documents.")
  private List<Path> runs;

  @Override
  public Integer call() {
    tellWriters(spec, runs);
    PrintWriter out = spec.commandLine().getOut();
    List<ScoredRun> scored = ComparedFolders.read(runs);
    List<Comparison> rows = RunComparison.ofScores(scored);
    out.print(RunComparison.table(rows));
    out.println(
        "Differences are second minus first over the items both have; shares in points of a"
            + " hundred.");
    out.println(
        "detectable: the smallest true difference found with 80 % power at the two-sided 5 %"
            + " level.");
    out.println(
        "Metrics over a whole task, such as f1 or perplexity, have no values of items to compare.");
    out.println(NoiseRule.WORDS);
    RunComparison.reasons(rows).forEach(out::println);
    RunComparison.notes(scored).forEach(out::println);
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    ComparedFolders.caution(runs).ifPresent(words -> err.printf("warning: %s%n", words));
    err.flush();
    return 0;
  }

  /** What is read of a folder at work is whole, and not all that will be there. */
  static void tellWriters(CommandSpec spec, List<Path> folders) {
    PrintWriter err = spec.commandLine().getErr();
    for (Path folder : folders) {
      ProcessLock.writer(folder)
          .ifPresent(
              who ->
                  err.printf(
                      "note: %s is being written by %s; what is finished of it is read.%n",
                      folder, who));
    }
    err.flush();
  }
}
