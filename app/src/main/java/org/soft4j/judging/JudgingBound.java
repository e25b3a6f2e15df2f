package org.soft4j.judging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.AlpacaJudging;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.JudgingRequest;
import org.soft4j.eval.judge.PairJudging;
import org.soft4j.eval.judge.References;
import org.soft4j.eval.judge.SingleJudging;

/**
 * What judging answers will need at most, told before a model has written any: the calls for
 * invented answers that are as long as answers may become.
 *
 * @param settings of the judge
 * @param prompts FastChat's, where a task is judged by them
 */
public record JudgingBound(JudgeSettings settings, Optional<JudgePrompts> prompts) {
  private static final Estimate NOTHING = Estimate.of(List.of());
  private static final int BYTES_PER_TOKEN = 4;
  private static final ContextForm ANY = (demonstrations, prompt) -> prompt;

  /**
   * The bound for one task at one number of shots.
   *
   * @param graded so many sets of answers are graded
   * @param compared so many of them are compared with the base model's
   */
  public Estimate of(Task task, int graded, int compared) {
    if (task.judged().isEmpty()) {
      return NOTHING;
    }
    JudgedAnswers one = invented(task, "one", "x");
    if (task.judged().get() instanceof JudgedBy.Preference how) {
      AlpacaForm form = settings.weighted() ? AlpacaForm.WEIGHTED : AlpacaForm.RANKING;
      return Estimate.of(
              AlpacaJudging.of(
                      JudgedAnswers.baseline(task, how), one.outputs(), form, settings.repeats())
                  .calls())
          .times(graded);
    }
    JudgedBy.Scores how = (JudgedBy.Scores) task.judged().get();
    List<JudgedAnswer> both = new ArrayList<>(one.answers());
    both.addAll(invented(task, "two", "y").answers());
    return Estimate.of(SingleJudging.of(request(one.answers(), how), "").calls())
        .times(graded)
        .plus(
            Estimate.of(PairJudging.against("two", request(both, how), "").calls())
                .times(compared));
  }

  private JudgingRequest request(List<JudgedAnswer> answers, JudgedBy.Scores how) {
    return JudgingRequest.of(answers, prompts.orElseThrow(), new References(how.references()))
        .withRepeats(settings.repeats())
        .with(0, settings.maxTokens());
  }

  private static JudgedAnswers invented(Task task, String model, String letter) {
    Map<String, List<String>> texts = new HashMap<>();
    for (TaskItem item : task.items()) {
      String longest = letter.repeat(BYTES_PER_TOKEN * longest(item));
      texts.put(item.id(), item.turns().stream().map(turn -> longest).toList());
    }
    return new JudgedAnswers(task, model, texts);
  }

  /** Tokens that an answer may have. */
  private static int longest(TaskItem item) {
    return item.requests(new Shots(List.of(), ANY)).stream()
        .filter(TaskRequest.Writing.class::isInstance)
        .mapToInt(request -> ((TaskRequest.Writing) request).request().maxNewTokens())
        .max()
        .orElse(0);
  }
}
