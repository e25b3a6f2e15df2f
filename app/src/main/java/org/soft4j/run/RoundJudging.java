package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.judging.AnswerJudging;
import org.soft4j.judging.JudgeContext;
import org.soft4j.soft.RunRecord;
import org.soft4j.table.Decimals;

/** Lets a judge grade every round's answers, and compare them with the base model's. */
final class RoundJudging {
  private static final List<String> TOLD =
      List.of("judge", "judge_unread", "win_vs_base", "win_rate");

  private final RunPlan plan;
  private final List<Task> tasks;
  private final AnswerJudging judging;
  private final SoftSession.RunOptions options;

  RoundJudging(
      RunPlan plan,
      List<Task> tasks,
      Optional<FastChatPrompts> prompts,
      SoftSession.RunOptions options) {
    this.plan = plan;
    this.tasks = tasks;
    this.judging = new AnswerJudging(plan.values().judge(), prompts);
    this.options = options;
  }

  /** Tells what the rounds that are not measured yet may cost, and asks where that is money. */
  void agree(Path folder) {
    int last = plan.values().soft().effectiveRounds();
    List<Integer> open =
        IntStream.rangeClosed(0, last)
            .filter(r -> !Files.exists(folder.resolve("round-" + r).resolve("metrics.csv")))
            .boxed()
            .toList();
    long later = open.stream().filter(round -> round > 0 && pairwise()).count();
    judging.agree(
        tasks,
        task -> open.size() * shots(task).size(),
        task -> (int) later * shots(task).size(),
        options.gate(),
        options.notes());
  }

  private boolean pairwise() {
    return judging.settings().pairwise();
  }

  private List<Integer> shots(Task task) {
    return plan.values().data().shots(task.name());
  }

  /** The same evaluation, with the judge's rows after its own. */
  Evaluator after(Evaluator evaluation, RunProgress events) {
    return (model, round, folder, cancel) -> {
      List<Measurement> rows = new ArrayList<>(evaluation.evaluate(model, round, folder, cancel));
      Path run = folder.resolve("../..").normalize();
      AnswerJudging.Written base =
          new AnswerJudging.Written(AnswerJudging.BASE, 0, run.resolve("round-0/eval"));
      AnswerJudging.Graded judged =
          judging.grade(
              tasks,
              this::shots,
              round == 0 ? base : new AnswerJudging.Written("round-" + round, round, folder),
              Optional.of(base).filter(b -> round > 0 && pairwise()),
              folder.resolveSibling("judge"),
              run.resolve("judge_cache.jsonl"),
              new JudgeContext(options.opener(), events.next(), cancel, line -> {}, odd(round)));
      judged.rows().stream().filter(m -> TOLD.contains(m.metric())).forEach(this::tell);
      judged.unread().forEach(told -> warn(run, round, told));
      rows.addAll(judged.rows());
      return rows;
    };
  }

  /** The method goes on without that score, which decides no round unless it was asked to. */
  private void warn(Path run, int round, String unread) {
    String words =
        "%s: %s; that score is missing".formatted(round == 0 ? "base" : "round " + round, unread);
    options.notes().accept("warning: " + words);
    RunRecord.addCaveat(run, "judge, " + words);
  }

  private Consumer<String> odd(int round) {
    String where = round == 0 ? "base: judge: " : "round " + round + ": judge: ";
    return line -> options.notes().accept(where + line);
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
            "%s %s, %s-shot, round %s: %s over %s"
                .formatted(m.benchmark(), m.metric(), m.shots(), m.round(), value, m.items()));
  }
}
