package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.soft4j.error.UserError;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.Tasks;
import org.soft4j.session.EvaluationJob;
import org.soft4j.session.EvaluationPlan;
import org.soft4j.session.JudgeSettings;
import org.soft4j.session.JudgedEvaluation;
import org.soft4j.table.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Measure a model by benchmarks.",
    footer = {
      "",
      "`./soft4j eval --tasks list` shows every benchmark. Benchmark files are looked for in --data",
      "or SOFT4J_DATA. The folder gets eval.json, metrics.csv and a samples file per task."
    })
final class EvalCommand implements Callable<Integer> {
  private static final String LIST = "list";

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private OptionalModelOptions model;
  @Mixin private PipelineJudgeOptions judge;
  @Mixin private CostOptions cost;

  @Option(
      names = "--tasks",
      required = true,
      split = ",",
      paramLabel = "NAMES",
      description =
          "Benchmarks with commas between them; * stands for any characters. list: show them.")
  private List<String> tasks;

  @Option(
      names = "--shots",
      split = ",",
      defaultValue = "0",
      paramLabel = "K",
      description = "Numbers of demonstrations from the pool (default: ${DEFAULT-VALUE}).")
  private List<Integer> shots;

  @Option(
      names = "--limit",
      defaultValue = "0",
      paramLabel = "N",
      description = "At most this many items of each benchmark, evenly spaced; 0 for all.")
  private int limit;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder with benchmark files.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Option of a benchmark, such as truthfulqa.revision=2025; may be repeated.")
  private Map<String, String> options = Map.of();

  @Option(
      names = "--apply-chat-template",
      description = "Write everything in the model's chat format.")
  private boolean chat;

  @Option(
      names = "--pool",
      defaultValue = "helpful",
      paramLabel = "P",
      description =
          "Demonstrations: JSON Lines, CSV, or an embedded name (default: ${DEFAULT-VALUE}).")
  private String pool;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Seed of the draws of demonstrations (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder to write.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--resume", description = "Go on with the evaluation in --out.")
  private boolean resume;

  @Override
  public Integer call() {
    if (tasks.equals(List.of(LIST))) {
      list();
      return 0;
    }
    Path folder =
        out.orElseThrow(
            () -> new UserError("No folder is given to write to.", "Name one with --out."));
    if (limit < 0 || shots.stream().anyMatch(k -> k < 0)) {
      throw new UserError(
          "--limit is %d and --shots is %s.".formatted(limit, shots), "Use numbers of 0 or more.");
    }
    EvaluationPlan plan =
        new EvaluationPlan(model.choice(), tasks, shots, limit, data, options, chat, pool, seed);
    try (Interrupt interrupt = new Interrupt(System.err)) {
      JudgedEvaluation evaluation =
          new JudgedEvaluation(
              plan,
              judge.over(JudgeSettings.NONE),
              cost.gate(),
              root.opener(),
              root.progress(),
              interrupt,
              spec.commandLine().getErr()::println);
      print(evaluation.run(folder, resume));
      return 0;
    } catch (CancellationException stopped) {
      spec.commandLine()
          .getErr()
          .printf("stopped; go on with the same command and --resume --out %s%n", folder);
      throw stopped;
    }
  }

  private void print(EvaluationJob.Result result) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.print(TextTable.of(EvaluationLines.of(result), 3));
    screen.println("Shares in points of a hundred; ± is the standard error over the items.");
    result.positions().ifPresent(positions -> screen.println(positions.text()));
    EvaluationLines.notes(result).forEach(screen::println);
    screen.flush();
  }

  private void list() {
    PrintWriter screen = spec.commandLine().getOut();
    List<List<String>> lines =
        Tasks.standard().providers().stream()
            .map((TaskProvider task) -> List.of(task.name(), task.summary()))
            .toList();
    screen.print(TextTable.of(lines, 2));
    screen.flush();
  }
}
