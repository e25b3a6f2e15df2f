package org.soft4j.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.judging.AnswerJudging;
import org.soft4j.judging.CostGate;
import org.soft4j.judging.JudgeSettings;
import org.soft4j.judging.JudgingBound;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.run.RunData;
import org.soft4j.soft.RunFiles;

/**
 * An evaluation whose answers a judge grades. The evaluated model is closed before the judge is
 * opened. A finished evaluation can be judged later, and again by another judge: with {@code
 * resume} only what is missing is asked for.
 */
public final class JudgedEvaluation {
  private final EvaluationJob job;
  private final JudgeSettings judge;
  private final CostGate gate;
  private final Surroundings around;

  /**
   * What a judging needs from where it runs.
   *
   * @param opener opens a local judge
   * @param progress hears of every call
   * @param cancel asked often
   * @param say takes lines for the user
   */
  public record Surroundings(
      ModelOpener opener, Progress progress, Cancellation cancel, Consumer<String> say) {}

  /**
   * An evaluation that is not begun yet.
   *
   * @param job the evaluation itself
   * @param gate lets calls that may cost money begin
   */
  public JudgedEvaluation(
      EvaluationJob job, JudgeSettings judge, CostGate gate, Surroundings around) {
    this.job = job;
    this.judge = judge;
    this.gate = gate;
    this.around = around;
  }

  /** Evaluates and judges into a folder; without a judge, evaluates alone. */
  public EvaluationJob.Result run(Path folder, boolean resume) {
    if (!judge.present()) {
      return job.run(folder, resume);
    }
    FolderKind.EVALUATION.refuseOthers(folder);
    EvaluationPlan plan = job.plan();
    List<Task> tasks = job.tasks();
    Optional<JudgePrompts> prompts = RunData.judgePrompts(tasks, plan.places().taskOptions());
    agree(tasks, prompts);
    EvaluationJob.Result answered = job.run(folder, resume);
    List<Measurement> rows = new ArrayList<>(answered.measurements());
    try (RunFolder target = RunFolder.open(folder, FolderKind.EVALUATION)) {
      rows.addAll(
          new AnswerJudging(
                  judge, prompts, around.opener(), around.progress(), around.cancel(), around.say())
              .grade(
                  tasks,
                  task -> plan.shots(),
                  new AnswerJudging.Written(plan.model().model(), 0, folder),
                  Optional.empty(),
                  folder.resolve("judge"),
                  folder.resolve("judge_cache.jsonl")));
      target.write("metrics.csv", RunFiles.metrics(rows));
    }
    return new EvaluationJob.Result(
        answered.tasks(), rows, answered.caveats(), answered.positions(), answered.effort());
  }

  private void agree(List<Task> tasks, Optional<JudgePrompts> prompts) {
    JudgingBound bound = new JudgingBound(judge, prompts);
    Estimate most = Estimate.of(List.of());
    for (Task task : tasks) {
      most = most.plus(bound.of(task, job.plan().shots().size(), 0));
    }
    if (judge.remote()) {
      around.say().accept("the judge, at most: " + gate.words(most));
      gate.pass(most);
    }
  }
}
