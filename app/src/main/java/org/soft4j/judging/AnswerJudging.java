package org.soft4j.judging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.JudgingRequest;
import org.soft4j.eval.judge.PairReport;
import org.soft4j.eval.judge.References;
import org.soft4j.lm.open.ModelOpener;

/**
 * Lets a judge grade the answers of an evaluation: scores for open questions, matches against the
 * base model, AlpacaEval's preference against its baseline. The judge is opened for the grading
 * alone; replies are kept in judge_cache.jsonl, so that no call is made twice.
 */
public final class AnswerJudging {
  /** Name of the base model in judgements of a run. */
  public static final String BASE = "base";

  private final JudgeSettings settings;
  private final Optional<JudgePrompts> prompts;
  private final ModelOpener opener;
  private final Progress progress;
  private final Cancellation cancel;
  private final Consumer<String> say;

  /**
   * A judging to come.
   *
   * @param settings name the judge
   * @param prompts FastChat's, where a task is judged by them
   * @param say takes lines for the user
   */
  public AnswerJudging(
      JudgeSettings settings,
      Optional<JudgePrompts> prompts,
      ModelOpener opener,
      Progress progress,
      Cancellation cancel,
      Consumer<String> say) {
    this.settings = settings;
    this.prompts = prompts;
    this.opener = opener;
    this.progress = progress;
    this.cancel = cancel;
    this.say = say;
  }

  /**
   * Answers that one model wrote.
   *
   * @param model name that judgements carry
   * @param round of the model
   * @param samples folder of its samples files
   */
  public record Written(String model, int round, Path samples) {}

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
      Path cache) {
    List<Task> judged = tasks.stream().filter(task -> task.judged().isPresent()).toList();
    if (judged.isEmpty()) {
      return List.of();
    }
    try (OpenedJudge opened =
            OpenedJudge.open(
                settings.choice(), settings.calls(), System.getenv(), progress::say, opener);
        CallCache replies = CallCache.open(cache)) {
      Judging judging = new Judging(opened.judge(), replies, settings.verdicts());
      List<Measurement> rows = new ArrayList<>();
      for (Task task : judged) {
        for (int k : shots.apply(task)) {
          Path folder = out.resolve(task.name() + "-" + k + "shot");
          rows.addAll(grade(task, k, written, base, judging, folder));
        }
      }
      return rows;
    }
  }

  private List<Measurement> grade(
      Task task, int shots, Written written, Optional<Written> base, Judging judging, Path out) {
    JudgedAnswers own = JudgedAnswers.read(task, shots, written.model(), written.samples());
    JudgedRows rows = new JudgedRows(written.round(), task.name(), shots);
    if (task.judged().orElseThrow() instanceof JudgedBy.Preference how) {
      AlpacaForm form = settings.weighted() ? AlpacaForm.WEIGHTED : AlpacaForm.RANKING;
      return rows.alpaca(
          stage(judging, out)
              .alpaca(JudgedAnswers.baseline(task, how), own.outputs(), form, settings.repeats()));
    }
    JudgedBy.Scores how = (JudgedBy.Scores) task.judged().orElseThrow();
    List<Measurement> all =
        new ArrayList<>(rows.single(stage(judging, out).single(request(own.answers(), how))));
    base.ifPresent(
        b -> {
          List<JudgedAnswer> both = new ArrayList<>(own.answers());
          both.addAll(JudgedAnswers.read(task, shots, b.model(), b.samples()).answers());
          Path matches = out.resolveSibling(out.getFileName() + "-vs-base");
          PairReport report =
              stage(judging, matches).pair(request(both, how), Optional.of(b.model()));
          all.addAll(rows.pair(report, written.model()));
        });
    return all;
  }

  private JudgingRequest request(List<JudgedAnswer> answers, JudgedBy.Scores how) {
    return JudgingRequest.of(answers, prompts.orElseThrow(), new References(how.references()))
        .withRepeats(settings.repeats())
        .with(0, settings.maxTokens());
  }

  /** The cost was agreed to before the first answer was written. */
  private JudgeStage stage(Judging judging, Path out) {
    return new JudgeStage(judging, CostGate.OPEN, out, progress, cancel, say);
  }

  /** Whether any task is graded by FastChat's prompts. */
  public static boolean needsPrompts(List<Task> tasks) {
    return tasks.stream()
        .flatMap(task -> task.judged().stream())
        .anyMatch(JudgedBy.Scores.class::isInstance);
  }
}
