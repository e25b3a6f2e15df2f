package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.judging.AnswerJudging;
import org.soft4j.judging.JudgeSettings;
import org.soft4j.judging.JudgingBound;
import org.soft4j.table.Decimals;

/** Lets a judge grade every round's answers, and compare them with the base model's. */
final class RoundJudging {
  private static final List<String> TOLD =
      List.of("judge", "judge_unread", "win_vs_base", "win_rate");

  private final RunPlan plan;
  private final List<Task> tasks;
  private final Optional<JudgePrompts> prompts;
  private final SoftSession.RunOptions options;

  RoundJudging(
      RunPlan plan,
      List<Task> tasks,
      Optional<JudgePrompts> prompts,
      SoftSession.RunOptions options) {
    this.plan = plan;
    this.tasks = tasks;
    this.prompts = prompts;
    this.options = options;
  }

  private JudgeSettings settings() {
    return plan.measuring().judge();
  }

  /** Tells what the rounds that are not measured yet may cost, and asks where that is money. */
  void agree(Path folder) {
    int last = plan.settings().settings().effectiveRounds();
    int open = 0;
    int later = 0;
    for (int round = 0; round <= last; round++) {
      boolean measured = Files.exists(folder.resolve("round-" + round).resolve("metrics.csv"));
      open += measured ? 0 : 1;
      later += measured || round == 0 ? 0 : 1;
    }
    Estimate most = bound(open, settings().pairwise() ? later : 0);
    if (settings().remote()) {
      options.notes().accept("the judge, at most: " + options.gate().words(most));
      options.gate().pass(most);
    }
  }

  private Estimate bound(int graded, int compared) {
    JudgingBound bound = new JudgingBound(settings(), prompts);
    Estimate most = Estimate.of(List.of());
    for (Task task : tasks) {
      int times = plan.data().shots(task.name()).size();
      most = most.plus(bound.of(task, graded * times, compared * times));
    }
    return most;
  }

  /** The same evaluation, with the judge's rows after its own. */
  Evaluator after(Evaluator evaluation, RunProgress events) {
    return (model, round, folder, cancel) -> {
      List<Measurement> rows = new ArrayList<>(evaluation.evaluate(model, round, folder, cancel));
      Path run = folder.resolve("../..").normalize();
      AnswerJudging judging =
          new AnswerJudging(
              settings(), prompts, options.opener(), events.next(), cancel, line -> {});
      AnswerJudging.Written base =
          new AnswerJudging.Written(AnswerJudging.BASE, 0, run.resolve("round-0/eval"));
      List<Measurement> judged =
          judging.grade(
              tasks,
              task -> plan.data().shots(task.name()),
              round == 0 ? base : new AnswerJudging.Written("round-" + round, round, folder),
              Optional.of(base).filter(b -> round > 0 && settings().pairwise()),
              folder.resolveSibling("judge"),
              run.resolve("judge_cache.jsonl"));
      judged.stream().filter(RoundJudging::worthALine).forEach(this::tell);
      rows.addAll(judged);
      return rows;
    };
  }

  private static boolean worthALine(Measurement m) {
    return TOLD.contains(m.metric());
  }

  private void tell(Measurement m) {
    String error = Decimals.text("%.3f", m.standardError());
    String value =
        Double.isNaN(m.value())
            ? "no verdict could be read"
            : Decimals.text("%.3f", m.value()) + (error.isEmpty() ? "" : " ± " + error);
    options
        .notes()
        .accept(
            "%s %s, %d-shot, round %d: %s over %d"
                .formatted(m.benchmark(), m.metric(), m.shots(), m.round(), value, m.items()));
  }
}
