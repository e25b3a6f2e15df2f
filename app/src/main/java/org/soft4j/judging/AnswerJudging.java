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
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.Report;
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
   * What a grading came to.
   *
   * @param rows of metrics.csv; a score without any verdict to make it of has no value
   * @param unread answers of which not one verdict could be read, a sentence each
   */
  public record Graded(List<Measurement> rows, List<String> unread) {
    /** Copies the lists. */
    public Graded {
      rows = List.copyOf(rows);
      unread = List.copyOf(unread);
    }
  }

  /** Grades into folders beside each other, and notes where no verdict could be read. */
  private record Stages(Judging judging, Path out, JudgeContext context, List<String> unread) {
    <J, R extends Report> R judge(String folder, Protocol<J, R> protocol) {
      // The cost was agreed to before the first answer was written.
      JudgeStage stage = new JudgeStage(judging, CostGate.OPEN, out.resolve(folder), context);
      R report = stage.judge(protocol);
      if (JudgeStage.unreadable(protocol, report)) {
        unread.add(
            "no verdict of the judge %s could be read for %s"
                .formatted(judging.judge().name(), folder));
      }
      return report;
    }
  }

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
  public Graded grade(
      List<Task> tasks,
      Function<Task, List<Integer>> shots,
      Written written,
      Optional<Written> base,
      Path out,
      Path cache,
      JudgeContext context) {
    if (judged(tasks).isEmpty()) {
      return new Graded(List.of(), List.of());
    }
    try (OpenedJudge opened = OpenedJudge.open(settings, context.opener(), context.progress());
        CallCache replies = CallCache.open(cache)) {
      List<String> unread = new ArrayList<>();
      Stages stages =
          new Stages(new Judging(opened, replies, settings.verdicts()), out, context, unread);
      List<Measurement> rows = new ArrayList<>();
      for (JudgedTask judged : judged(tasks)) {
        for (int k : shots.apply(judged.task())) {
          rows.addAll(grade(judged, k, written, base, stages));
        }
      }
      return new Graded(rows, unread);
    }
  }

  private List<Measurement> grade(
      JudgedTask judged, int shots, Written written, Optional<Written> base, Stages stages) {
    String name = judged.task().name() + "-" + shots + "shot";
    List<Answer> own = judged.read(shots, written.model(), written.samples());
    JudgedRows rows = new JudgedRows(written.round(), judged, shots);
    if (judged.how() instanceof JudgedBy.Preference fixed) {
      return rows.alpaca(stages.judge(name, judged.alpaca(fixed, own)));
    }
    JudgedBy.Scores scored = (JudgedBy.Scores) judged.how();
    List<Measurement> all =
        new ArrayList<>(rows.single(stages.judge(name, new Single(judged.request(scored, own)))));
    base.ifPresent(
        b -> {
          List<Answer> both = new ArrayList<>(own);
          both.addAll(judged.read(shots, b.model(), b.samples()));
          Pairwise matches = new Pairwise(judged.request(scored, both), Optional.of(b.model()));
          all.addAll(rows.pair(stages.judge(name + "-vs-base", matches), written.model()));
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
