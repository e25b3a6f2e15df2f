package org.soft4j.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.FolderKind;
import org.soft4j.core.RunFolder;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.judging.AnswerJudging;
import org.soft4j.judging.JudgeContext;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.RunData;
import org.soft4j.settings.JudgeSettings;
import org.soft4j.soft.RunFiles;

/**
 * An evaluation whose answers a judge grades. The evaluated model is closed before the judge is
 * opened. A finished evaluation can be judged later, and again by another judge: with {@code
 * resume} only what is missing is asked for.
 *
 * @param job the evaluation itself
 * @param gate lets calls that may cost money begin
 */
public record JudgedEvaluation(EvaluationJob job, CostGate gate, JudgeContext context) {
  /** Evaluates and judges into a folder; without a judge, evaluates alone. */
  public EvaluationJob.Result run(Path folder, boolean resume) {
    JudgeSettings judge = job.plan().values().judge();
    if (!judge.present()) {
      return job.run(folder, resume);
    }
    try (RunFolder target = RunFolder.open(folder, FolderKind.EVALUATION)) {
      return judged(target, judge, resume);
    }
  }

  private EvaluationJob.Result judged(RunFolder target, JudgeSettings judge, boolean resume) {
    Path folder = target.root();
    job.requireModel();
    EvaluationPlan plan = job.plan();
    List<Task> tasks = job.tasks();
    AnswerJudging judging =
        new AnswerJudging(
            judge, RunData.judgePrompts(tasks, plan.values().data().places().taskOptions()));
    judging.agree(tasks, task -> plan.shots(task.name()).size(), task -> 0, gate, context.say());
    EvaluationJob.Result answered = job.run(folder, resume);
    List<Measurement> rows = new ArrayList<>(answered.measurements());
    rows.addAll(
        judging.grade(
            tasks,
            task -> plan.shots(task.name()),
            new AnswerJudging.Written(plan.model().model(), 0, folder),
            Optional.empty(),
            folder.resolve("judge"),
            folder.resolve("judge_cache.jsonl"),
            context));
    target.write("metrics.csv", RunFiles.metrics(rows));
    return new EvaluationJob.Result(
        answered.tasks(), rows, answered.caveats(), answered.positions(), answered.effort());
  }
}
