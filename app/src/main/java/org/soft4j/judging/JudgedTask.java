package org.soft4j.judging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Pairwise;
import org.soft4j.eval.judge.Single;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.settings.JudgeSettings;

/**
 * A task whose answers a judge grades, and the protocols by which it does.
 *
 * @param how the task is judged
 * @param settings of the judge
 * @param prompts FastChat's, where the task is judged by them
 */
record JudgedTask(
    Task task, JudgedBy how, JudgeSettings settings, Optional<FastChatPrompts> prompts) {
  private static final int BYTES_PER_TOKEN = 4;
  private static final ContextForm ANY = (demonstrations, prompt) -> prompt;

  /** Answers of one model, from its samples file. */
  List<Answer> read(int shots, String model, Path folder) {
    Map<String, List<String>> texts =
        SampleFile.read(folder.resolve(SampleFile.name(task.name(), shots))).stream()
            .collect(Collectors.toMap(ItemSample::item, ItemSample::texts, (a, b) -> b));
    return answers(model, item -> texts.get(item.id()));
  }

  private List<Answer> answers(String model, Function<TaskItem, List<String>> texts) {
    return task.items().stream()
        .map(i -> new Answer(i.id(), i.category(), i.turns(), texts.apply(i), model))
        .toList();
  }

  /** AlpacaEval's comparison with fixed outputs. */
  AlpacaEval alpaca(JudgedBy.Preference fixed, List<Answer> answers) {
    return new AlpacaEval(
        task.items().stream()
            .map(i -> output(i, fixed.outputs().getOrDefault(i.id(), ""), fixed.baseline()))
            .toList(),
        answers.stream()
            .map(a -> Answer.of(a.instruction(), a.output(), a.model(), a.category()))
            .toList(),
        settings.weighted() ? AlpacaForm.WEIGHTED : AlpacaForm.RANKING,
        settings.repeats());
  }

  private static Answer output(TaskItem item, String output, String generator) {
    return Answer.of(item.question(), output, generator, item.category());
  }

  /** What FastChat's protocols judge. */
  FastChatRequest request(JudgedBy.Scores scored, List<Answer> answers) {
    return new FastChatRequest(
        answers,
        prompts.orElseThrow(),
        scored.references(),
        settings.repeats(),
        settings.temperature(),
        settings.maxTokens());
  }

  /**
   * Adds what judging will need at most, told before a model has written any answer: the calls for
   * invented answers that are as long as answers may become.
   *
   * @param graded so many sets of answers are graded
   * @param compared so many of them are compared with the base model's
   */
  CostGate.Estimate bound(CostGate.Estimate before, int graded, int compared) {
    List<Answer> one = invented("one", "x");
    if (how instanceof JudgedBy.Preference fixed) {
      return before.plus(Judging.bound(alpaca(fixed, one)), graded);
    }
    JudgedBy.Scores scored = (JudgedBy.Scores) how;
    List<Answer> both = new ArrayList<>(one);
    both.addAll(invented("two", "y"));
    Pairwise matches = new Pairwise(request(scored, both), Optional.of("two"));
    return before
        .plus(Judging.bound(new Single(request(scored, one))), graded)
        .plus(Judging.bound(matches), compared);
  }

  private List<Answer> invented(String model, String letter) {
    return answers(
        model,
        item -> {
          String longest = letter.repeat(BYTES_PER_TOKEN * longest(item));
          return item.turns().stream().map(turn -> longest).toList();
        });
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
