package org.soft4j.judging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Pairwise;
import org.soft4j.eval.judge.Single;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.settings.JudgeSettings;

/**
 * Lets a judge grade the answers of an evaluation: scores for open questions, matches against the
 * base model, AlpacaEval's preference against its baseline. The judge is opened for the grading
 * alone; replies are kept in judge_cache.jsonl, so that no call is made twice.
 *
 * @param settings name the judge
 * @param prompts FastChat's, where a task is judged by them
 */
public record AnswerJudging(JudgeSettings settings, Optional<FastChatPrompts> prompts) {
  /** Name of the base model in judgments of a run. */
  public static final String BASE = "base";

  /**
   * Answers that one model wrote.
   *
   * @param model name that judgments carry
   * @param round of the model
   * @param samples folder of its samples files
   */
  public record Written(String model, int round, Path samples) {}

  /**
   * Tells what the grading may cost at most, and asks where that is money.
   *
   * @param graded how many sets of answers to a task are graded
   * @param compared how many of them are compared with the base model's
   */
  public void agree(
      List<Task> tasks,
      ToIntFunction<Task> graded,
      ToIntFunction<Task> compared,
      CostGate gate,
      Consumer<String> say) {
    CostGate.Estimate most = CostGate.Estimate.NOTHING;
    for (JudgedTask judged : judged(tasks)) {
      Task task = judged.task();
      most = judged.bound(most, graded.applyAsInt(task), compared.applyAsInt(task));
    }
    if (settings.remote()) {
      say.accept("the judge, at most: " + gate.words(most));
      gate.pass(most);
    }
  }

  private List<JudgedTask> judged(List<Task> tasks) {
    return tasks.stream()
        .flatMap(
            task -> task.judged().stream().map(how -> new JudgedTask(task, how, settings, prompts)))
        .toList();
  }

  /**
   * Grades every task that has a protocol.
   *
   * @param shots numbers of demonstrations of a task
   * @param written what is graded
   * @param base the base model's answers, where they are compared with
   * @param out gets a folder a task and protocol
   * @param cache file of the judge's replies
   */
  public List<Measurement> grade(
      List<Task> tasks,
      Function<Task, List<Integer>> shots,
      Written written,
      Optional<Written> base,
      Path out,
      Path cache,
      JudgeContext context) {
    if (judged(tasks).isEmpty()) {
      return List.of();
    }
    try (OpenedJudge opened = OpenedJudge.open(settings, context.opener(), context.progress());
        CallCache replies = CallCache.open(cache)) {
      Judging judging = new Judging(opened, replies, settings.verdicts());
      List<Measurement> rows = new ArrayList<>();
      for (JudgedTask judged : judged(tasks)) {
        for (int k : shots.apply(judged.task())) {
          String name = judged.task().name() + "-" + k + "shot";
          // The cost was agreed to before the first answer was written.
          Function<String, JudgeStage> stage =
              folder -> new JudgeStage(judging, CostGate.OPEN, out.resolve(name + folder), context);
          rows.addAll(grade(judged, k, written, base, stage));
        }
      }
      return rows;
    }
  }

  private List<Measurement> grade(
      JudgedTask judged,
      int shots,
      Written written,
      Optional<Written> base,
      Function<String, JudgeStage> stage) {
    List<Answer> own = judged.read(shots, written.model(), written.samples());
    JudgedRows rows = new JudgedRows(written.round(), judged, shots);
    if (judged.how() instanceof JudgedBy.Preference fixed) {
      return rows.alpaca(stage.apply("").judge(judged.alpaca(fixed, own)));
    }
    JudgedBy.Scores scored = (JudgedBy.Scores) judged.how();
    List<Measurement> all =
        new ArrayList<>(
            rows.single(stage.apply("").judge(new Single(judged.request(scored, own)))));
    base.ifPresent(
        b -> {
          List<Answer> both = new ArrayList<>(own);
          both.addAll(judged.read(shots, b.model(), b.samples()));
          Pairwise matches = new Pairwise(judged.request(scored, both), Optional.of(b.model()));
          all.addAll(rows.pair(stage.apply("-vs-base").judge(matches), written.model()));
        });
    return all;
  }

  /** Whether any task is graded by FastChat's prompts. */
  public static boolean needsPrompts(List<Task> tasks) {
    return tasks.stream()
        .flatMap(task -> task.judged().stream())
        .anyMatch(JudgedBy.Scores.class::isInstance);
  }
}
