package org.soft4j.session;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.error.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskFiles;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.PositionCount;
import org.soft4j.run.Json;
import org.soft4j.run.Provenance;
import org.soft4j.run.RunFolder;
import org.soft4j.soft.ContextTemplate;
import org.soft4j.soft.Measurement;
import org.soft4j.soft.RunFiles;

/**
 * Evaluates one model: a folder with eval.json (what was asked of whom), metrics.csv and the
 * samples of every task. A killed evaluation resumes and ends with the same bytes.
 */
public final class EvaluationJob {
  private static final String RECORD = "eval.json";
  private static final int SCORES_PER_CHUNK = 512;
  private static final int TEXTS_PER_CHUNK = 16;

  /** The form of models without a chat template, in which HHH was written. */
  private static final ContextTemplate DIALOGUE =
      new ContextTemplate(
          "dialogue",
          "",
          "",
          "\n\nHuman: {prompt}\n\nAssistant: {response}",
          "\n\nHuman: {prompt}\n\nAssistant:",
          " {response}",
          List.of("\n\nHuman:"));

  private final EvaluationPlan plan;
  private final ModelOpener opener;
  private final Progress progress;
  private final Cancellation cancel;

  /** A job that is not begun yet. */
  public EvaluationJob(
      EvaluationPlan plan, ModelOpener opener, Progress progress, Cancellation cancel) {
    this.plan = plan;
    this.opener = opener;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * What an evaluation came to.
   *
   * @param tasks as they were run
   * @param measurements one per task, number of shots and metric
   * @param positions what the prefix tree spared, where the model counts it
   */
  public record Result(
      List<Task> tasks, List<Measurement> measurements, Optional<PositionCount> positions) {}

  /**
   * Evaluates into a folder.
   *
   * @param resume whether the folder may hold an unfinished evaluation of the same model and
   *     settings
   */
  public Result run(Path folder, boolean resume) {
    List<Task> tasks = tasks();
    try (RunFolder target = RunFolder.open(folder);
        OpenedModel opened = opener.open(plan.model())) {
      record(target, opened, resume);
      TaskFiles.write(folder, tasks);
      TaskEvaluation evaluation = evaluation(tasks, opened);
      List<Measurement> rows;
      try (Progress.Step step = progress.start("measuring", evaluation.items(), "items")) {
        int[] shown = {0};
        rows =
            evaluation
                .with(
                    (done, all) -> {
                      step.advance(Math.max(0, done - shown[0]));
                      shown[0] = Math.max(shown[0], done);
                    })
                .evaluate(opened.model(), 0, folder, cancel);
      }
      target.write("metrics.csv", RunFiles.metrics(rows));
      return new Result(tasks, rows, opened.model().positions());
    }
  }

  /** The benchmarks that the plan names, opened. */
  List<Task> tasks() {
    TaskOptions options = options();
    Tasks known = Tasks.standard();
    return known.matching(plan.tasks()).stream()
        .map(name -> known.open(name, options).limited(plan.limit()))
        .toList();
  }

  TaskOptions options() {
    return new TaskOptions(plan.data().or(RunData::dataFolder), plan.options());
  }

  private TaskEvaluation evaluation(List<Task> tasks, OpenedModel opened) {
    EvaluationSettings how =
        new EvaluationSettings(plan.shots(), false, SCORES_PER_CHUNK, TEXTS_PER_CHUNK, plan.seed());
    return new TaskEvaluation(tasks, how, pool(), form(tasks, opened), (done, items) -> {});
  }

  private List<Demonstration> pool() {
    boolean needed = plan.shots().stream().anyMatch(k -> k > 0);
    return needed ? RunData.pool(plan.pool(), new MicroWorld(1), plan.seed()) : List.of();
  }

  private ContextForm form(List<Task> tasks, OpenedModel opened) {
    if (plan.chat()) {
      return opened
          .chat()
          .map(ContextForm::chat)
          .orElseThrow(
              () ->
                  new UserError(
                      "%s has no chat template.".formatted(opened.model().identity().name()),
                      "Leave --apply-chat-template out."));
    }
    boolean micro = tasks.stream().allMatch(task -> task.name().startsWith("micro_"));
    return ContextForm.of(micro ? ContextTemplate.MICRO : DIALOGUE);
  }

  private void record(RunFolder target, OpenedModel opened, boolean resume) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("settings", plan.settings());
    record.put("model", opened.model().identity());
    record.put("versions", Provenance.versions());
    String text = Json.pretty(record);
    Optional<String> earlier =
        target.has(RECORD) ? Optional.of(target.read(RECORD)) : Optional.empty();
    if (earlier.isPresent() && !resume) {
      throw new UserError(
          "%s holds an evaluation already.".formatted(target.root()),
          "Go on with it by --resume, or choose another folder with --out.");
    }
    if (earlier.isPresent() && !earlier.get().equals(text)) {
      throw new UserError(
          "%s holds an evaluation of another model or with other settings."
              .formatted(target.root()),
          "Give the command that began it, or choose another folder with --out.");
    }
    target.write(RECORD, text);
  }
}
