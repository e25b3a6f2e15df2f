package org.soft4j.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.core.FolderKind;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
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
  /**
   * What an evaluation came to.
   *
   * @param unread answers of which no verdict could be read, a sentence each; their scores have no
   *     value
   */
  public record Judged(EvaluationJob.Result result, List<String> unread) {
    /**
     * Refuses a judge of whom not one verdict about some answers could be read; the files are there
     * all the same.
     */
    public void requireVerdicts(Path folder) {
      if (!unread.isEmpty()) {
        String told = String.join("; ", unread);
        throw new UserError(
            "%s%s; there is no score of them."
                .formatted(told.substring(0, 1).toUpperCase(Locale.ROOT), told.substring(1)),
            "Name a judge that follows its instructions and go on with --resume; the replies are in"
                + " %s.".formatted(folder.resolve("judge")));
      }
    }
  }

  /** Evaluates and judges into a folder; without a judge, evaluates alone. */
  public Judged run(Path folder, boolean resume) {
    JudgeSettings judge = job.plan().values().judge();
    if (!judge.present()) {
      return new Judged(job.run(folder, resume), List.of());
    }
    try (RunFolder target = RunFolder.open(folder, FolderKind.EVALUATION)) {
      return judged(target, judge, resume);
    }
  }

  private Judged judged(RunFolder target, JudgeSettings judge, boolean resume) {
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
    AnswerJudging.Graded graded =
        judging.grade(
            tasks,
            task -> plan.shots(task.name()),
            new AnswerJudging.Written(plan.model().model(), 0, folder),
            Optional.empty(),
            folder.resolve("judge"),
            folder.resolve("judge_cache.jsonl"),
            context);
    rows.addAll(graded.rows());
    target.write("metrics.csv", RunFiles.metrics(rows));
    return new Judged(
        new EvaluationJob.Result(
            answered.tasks(), rows, answered.caveats(), answered.positions(), answered.effort()),
        graded.unread());
  }
}
