package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.evaluation.AnsweredFolder;
import org.soft4j.evaluation.EvaluationJob;
import org.soft4j.evaluation.EvaluationPlan;
import org.soft4j.evaluation.Exports;
import org.soft4j.evaluation.JudgedEvaluation;
import org.soft4j.judging.JudgeContext;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.open.EndpointOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.report.ReportWriter;
import org.soft4j.settings.Settings;
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
    description = "Evaluate a model on benchmarks.",
    footer = {
      "",
      "`./soft4j eval --tasks list` shows every benchmark. Benchmark files are looked up in --data,"
          + " else in SOFT4J_DATA, else among those that `./soft4j datasets fetch` downloaded."
          + " --out gets eval.json, metrics.csv, a samples file per task and report.html.",
      "An endpoint must return echoed log-probabilities for tasks that score texts."
    })
final class EvalCommand implements Callable<Integer>, Resumable {
  private static final String LIST = "list";

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Mixin private SettingOptions changes = SettingOptions.overDefaults(Map.of("seed", "1"));

  @Option(names = "--out", paramLabel = "DIR", description = "Folder to write.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--log-samples",
      description = "Also write lm-evaluation-harness's results and samples, to OUT/lm-eval.")
  private boolean logSamples;

  @Option(names = "--resume", description = "Continue the evaluation in --out.")
  private boolean resume;

  @Override
  public Integer call() throws Exception {
    Settings settings = changes.resolved("data.tasks").value();
    List<String> tasks = settings.data().tasks();
    if (tasks.get(0).equals(LIST)) {
      return list(settings.data().places(), tasks.subList(1, tasks.size()));
    }
    Path folder =
        out.orElseThrow(
            () -> new UserError("No folder is given to write to.", "Name one with --out."));
    EvaluationPlan plan = new EvaluationPlan(settings);
    return locks.folder(folder, FolderKind.EVALUATION, () -> evaluate(plan, folder));
  }

  private int evaluate(EvaluationPlan plan, Path folder) {
    if (resume && !EvaluationJob.recorded(folder)) {
      spec.commandLine().getErr().printf("There is no evaluation in %s yet; one begins.%n", folder);
    }
    measure(plan, folder);
    return 0;
  }

  @Override
  public String kept() {
    return out.map(folder -> "what is finished is kept in " + folder).orElse("nothing was begun");
  }

  @Override
  public String goesOn(String typed) {
    return out.filter(EvaluationJob::recorded)
        .map(
            folder ->
                TypedCommand.of(spec)
                    .withoutValueOf("--out")
                    .without("--resume")
                    .and("--resume", "--out", folder.toString())
                    .text())
        .orElse(typed);
  }

  private void measure(EvaluationPlan plan, Path folder) {
    PrintWriter err = spec.commandLine().getErr();
    JudgedEvaluation evaluation =
        new JudgedEvaluation(
            new EvaluationJob(plan, opener(plan.values()), root.progress(), root.interrupt()),
            root.gate(plan.values()),
            new JudgeContext(root.opener(), root.progress(), root.interrupt(), err::println));
    JudgedEvaluation.Judged judged = evaluation.run(folder, resume);
    spec.commandLine().getOut().println("evaluated: " + evaluated(plan));
    print(judged.result());
    if (logSamples) {
      log(folder);
    }
    spec.commandLine().getOut().println("report: " + ReportWriter.write(folder));
    judged.requireVerdicts(folder);
    NextSteps.ofEvaluation(folder).print(spec.commandLine().getOut());
  }

  private static String evaluated(EvaluationPlan plan) {
    ModelChoice model = plan.values().model().choice();
    return model.model() + model.adapter().map(path -> " with adapter " + path).orElse("");
  }

  private ModelOpener opener(Settings settings) {
    return new EndpointOpening(
        settings.endpoint().calls(), System.getenv(), root.progress()::say, root.opener(settings));
  }

  private int list(TaskPlaces where, List<String> named) {
    TaskCards.print(spec.commandLine().getOut(), where, named);
    return 0;
  }

  private void print(EvaluationJob.Result result) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.print(TextTable.of(EvaluationLines.of(result), 3));
    screen.println("Shares in points of a hundred; ± is the standard error over the items.");
    result.caveats().lines().forEach(screen::println);
    if (result.caveats().has(Caveat.REASONING_KEPT)) {
      screen.println("--drop-reasoning takes reasoning out of answers before they are scored.");
    }
    result.positions().ifPresent(positions -> screen.println(positions.text()));
    screen.println(result.effort().text() + wholeProcess());
    EvaluationLines.notes(result).forEach(screen::println);
    screen.flush();
  }

  private void log(Path folder) {
    AnsweredFolder answered = AnsweredFolder.open(folder, OptionalInt.empty());
    ExportCommand.say(
        spec,
        Exports.of(answered, Optional.empty())
            .lmEval(folder.resolve("lm-eval"), LocalDateTime.now(ZoneId.systemDefault())));
  }

  /** Java's own start and the loading of libtorch are in no other figure. */
  private static String wholeProcess() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis() / 1000.0)
        .map(seconds -> String.format(Locale.ROOT, "; the whole process took %.1f s", seconds))
        .orElse("");
  }
}
