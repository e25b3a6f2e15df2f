package org.soft4j.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.eval.Task;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.lm.Cancellation;
import org.soft4j.run.RunFolder;
import org.soft4j.soft.Measurement;
import org.soft4j.soft.RunFiles;

/**
 * An evaluation whose answers a judge grades. The evaluated model is closed before the judge is
 * opened. A finished evaluation can be judged later, and again by another judge: with {@code
 * resume} only what is missing is asked for.
 */
public final class JudgedEvaluation {
  private final EvaluationPlan plan;
  private final JudgeSettings judge;
  private final CostGate gate;
  private final ModelOpener opener;
  private final Progress progress;
  private final Cancellation cancel;
  private final Consumer<String> say;

  /**
   * An evaluation that is not begun yet.
   *
   * @param gate lets calls that may cost money begin
   * @param say takes lines for the user
   */
  public JudgedEvaluation(
      EvaluationPlan plan,
      JudgeSettings judge,
      CostGate gate,
      ModelOpener opener,
      Progress progress,
      Cancellation cancel,
      Consumer<String> say) {
    this.plan = plan;
    this.judge = judge;
    this.gate = gate;
    this.opener = opener;
    this.progress = progress;
    this.cancel = cancel;
    this.say = say;
  }

  /** Evaluates and judges into a folder; without a judge, evaluates alone. */
  public EvaluationJob.Result run(Path folder, boolean resume) {
    EvaluationJob job = new EvaluationJob(plan, opener, progress, cancel);
    if (!judge.present()) {
      return job.run(folder, resume);
    }
    List<Task> tasks = job.tasks();
    Optional<JudgePrompts> prompts = RunData.judgePrompts(tasks, job.options());
    agree(tasks, prompts);
    EvaluationJob.Result answered = job.run(folder, resume);
    List<Measurement> rows = new ArrayList<>(answered.measurements());
    try (RunFolder target = RunFolder.open(folder)) {
      rows.addAll(
          new AnswerJudging(judge, prompts, opener, progress, cancel, say)
              .grade(
                  tasks,
                  task -> plan.shots(),
                  new AnswerJudging.Written(plan.model().model(), 0, folder),
                  Optional.empty(),
                  folder.resolve("judge"),
                  folder.resolve("judge_cache.jsonl")));
      target.write("metrics.csv", RunFiles.metrics(rows));
    }
    return new EvaluationJob.Result(tasks, rows, answered.positions());
  }

  private void agree(List<Task> tasks, Optional<JudgePrompts> prompts) {
    JudgingBound bound = new JudgingBound(judge, prompts);
    Estimate most = Estimate.of(List.of());
    for (Task task : tasks) {
      most = most.plus(bound.of(task, plan.shots().size(), 0));
    }
    if (judge.remote()) {
      say.accept("the judge, at most: " + gate.words(most));
      gate.pass(most);
    }
  }
}
