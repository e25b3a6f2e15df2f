package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.RunFolder;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.eval.CaveatTally;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskFiles;
import org.soft4j.eval.TaskGroup;
import org.soft4j.lm.device.MachineMemory;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.report.ReportWriter;
import org.soft4j.settings.PresetModel;
import org.soft4j.settings.Settings;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelAccuracy;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftResult;
import org.soft4j.soft.SoftRun;
import org.soft4j.soft.SoftSettings;

/** Carries a plan out. */
final class SessionRun {
  private final RunPlan plan;
  private final SoftSession.RunOptions options;

  SessionRun(RunPlan plan, SoftSession.RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  SessionResult execute(Path folder) {
    // From the first look to the report: the rounds alone would leave it to others in between.
    try (RunFolder held = RunFolder.open(folder, FolderKind.RUN)) {
      return locked(held);
    }
  }

  /** What would be done, and how long it would take. */
  RunOutline outline() {
    Optional<PresetModel> absent = absent();
    if (absent.isPresent()) {
      return unopened(absent.get());
    }
    options.opener().require(plan.values().model().choice());
    RunData data = new RunData(plan);
    List<Task> tasks = data.tasks();
    SoftInputs unworded = data.inputs(tasks, ContextTemplate.PLAIN);
    try (OpenedModel opened = options.opener().open(plan.values().model().choice())) {
      ChosenTemplate chosen = data.template(opened.promptFacts());
      SoftInputs inputs = unworded.with(chosen.template(), chosen.line());
      TaskEvaluation benchmarks =
          data.evaluation(tasks, chosen.template(), TaskEvaluation.Listener.SILENT);
      return RunOutline.of(plan, tasks, inputs, chosen, opened.trainable())
          .timed(new RunWork(plan, inputs, benchmarks), opened.model());
    }
  }

  /** The preset's own model, where nobody has named its weights; no folder bears its name. */
  private Optional<PresetModel> absent() {
    return absent(plan);
  }

  static Optional<PresetModel> absent(RunPlan plan) {
    String model = plan.values().model().name();
    return PresetModel.of(plan.name())
        .filter(known -> known.name().equals(model) && !Files.exists(Path.of(model)));
  }

  private RunOutline unopened(PresetModel model) {
    RunData data = new RunData(plan);
    List<Task> tasks = data.tasks();
    ChosenTemplate chosen = data.template(PromptFacts.of(model.name(), Optional.empty()));
    SoftInputs inputs = data.inputs(tasks, chosen.template());
    TaskEvaluation benchmarks =
        data.evaluation(tasks, chosen.template(), TaskEvaluation.Listener.SILENT);
    return RunOutline.unopened(
        plan, tasks, inputs, chosen, model, new RunWork(plan, inputs, benchmarks));
  }

  private SessionResult locked(RunFolder target) {
    Path folder = target.root();
    absent()
        .ifPresent(
            model -> {
              throw model.absent();
            });
    // Before the data: without a model nothing of it is of use.
    options.opener().require(plan.values().model().choice());
    RunData data = new RunData(plan);
    List<Task> tasks = data.tasks();
    // What is missing is told before a model is opened, by which the template is chosen.
    SoftInputs unworded = data.inputs(tasks, ContextTemplate.PLAIN);
    Optional<RoundJudging> judging = judging(data, tasks, folder);
    RunProgress events = new RunProgress(options.progress(), itemsPerRound(tasks), options.notes());
    Resolved<SoftSettings> settings = plan.settings().part(Settings::soft);
    Instant began = Instant.now();
    try (OpenedModel opened = options.opener().open(plan.values().model().choice());
        RunServers servers = new RunServers(plan, opened, folder, options)) {
      ChosenTemplate chosen = data.template(opened.promptFacts());
      SoftInputs inputs = unworded.with(chosen.template(), chosen.line());
      if (options.outlined()) {
        RunOutline outline = RunOutline.of(plan, tasks, inputs, chosen, opened.model());
        outline.text().forEach(options.notes());
      } else {
        events.note(chosen.line());
        events.note("validation: " + RunOutline.validation(settings.value(), inputs));
      }
      servers.open();
      Evaluator evaluation =
          servers.marked(evaluation(data, tasks, chosen.template(), events, servers), target);
      SoftRun run =
          options.resume()
              ? SoftRun.resume(inputs, settings, folder, options.allowChanges())
              : SoftRun.start(inputs, settings, folder);
      SoftResult result =
          run.execute(
              servers.labelling().orElseGet(opened::trainable),
              judging.map(judge -> judge.after(evaluation, events)).orElse(evaluation),
              events,
              options.cancel());
      noteMemory(target, began);
      return new SessionResult(result, plan.values().data().headline(), ReportWriter.write(folder));
    }
  }

  /** Beside what the stages took: times and memory never stand in files that are compared. */
  private static void noteMemory(RunFolder folder, Instant began) {
    MachineMemory.peak()
        .ifPresent(
            mib ->
                folder.append(
                    "timings.jsonl",
                    Json.line(Map.of("stage", "run", "began", began.toString(), "peak_mib", mib))));
  }

  /** The judge of every round, once its cost is agreed to; empty where there is none. */
  private Optional<RoundJudging> judging(RunData data, List<Task> tasks, Path folder) {
    if (!plan.values().judge().present()) {
      return Optional.empty();
    }
    RoundJudging judging = new RoundJudging(plan, tasks, data.judgePrompts(tasks), options);
    judging.agree(folder);
    return Optional.of(judging);
  }

  private Evaluator evaluation(
      RunData data,
      List<Task> tasks,
      PromptTemplate template,
      RunProgress events,
      RunServers servers) {
    TaskEvaluation benchmarks = data.evaluation(tasks, template, events);
    Evaluator described = told(described(benchmarks), events);
    Evaluator placed =
        plan.values().eval().server().isPresent()
            ? servers.measuring(described)
            : placed(described);
    return data.micro() ? withLabels(placed, data) : placed;
  }

  /** Keeps what was asked beside the answers, for the report. */
  private static Evaluator described(TaskEvaluation benchmarks) {
    List<Task> tasks = benchmarks.tasks();
    return (model, round, folder, cancel) -> {
      Path run = folder.resolve("../..").normalize();
      if (round == 0) {
        TaskFiles.write(run, tasks);
      } else {
        TaskFiles.refuseOthers(run, tasks);
      }
      benchmarks.keepPrompts(run);
      return benchmarks.evaluate(model, round, folder, cancel);
    };
  }

  /** Tells after each round which answers were not plain. */
  private static Evaluator told(Evaluator benchmarks, RunProgress events) {
    return (model, round, folder, cancel) -> {
      List<Measurement> rows = benchmarks.evaluate(model, round, folder, cancel);
      String who = round == 0 ? "base: " : "round " + round + ": ";
      CaveatTally.read(folder).lines().forEach(line -> events.note(who + line));
      TaskGroup.readNotes(folder).forEach(line -> events.note(who + line));
      return rows;
    };
  }

  private Evaluator placed(Evaluator benchmarks) {
    String device = plan.values().eval().device();
    return device.isEmpty()
        ? benchmarks
        : new PlacedEvaluation(benchmarks, plan.values().model().choice(), device, options);
  }

  private Evaluator withLabels(Evaluator benchmarks, RunData data) {
    MicroTruth truth = new MicroTruth(data.world());
    int shots = plan.values().soft().demonstrations().shots();
    return (model, round, folder, cancel) -> {
      List<Measurement> rows = new ArrayList<>(benchmarks.evaluate(model, round, folder, cancel));
      if (round > 0) {
        rows.addAll(
            LabelAccuracy.measure("micro_labels", round, shots, labels(folder), truth::right));
      }
      return rows;
    };
  }

  private static List<Label> labels(Path evaluationFolder) {
    Path file = evaluationFolder.resolveSibling("labels.jsonl");
    return Json.readLines(file, Label.class);
  }

  private int itemsPerRound(List<Task> tasks) {
    return tasks.stream()
        .mapToInt(task -> task.items().size() * plan.values().data().shots(task.name()).size())
        .sum();
  }
}
