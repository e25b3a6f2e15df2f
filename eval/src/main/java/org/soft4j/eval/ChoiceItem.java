package org.soft4j.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * A question whose choices are scored as whole texts, of which one is right; graded as
 * lm-evaluation-harness grades {@code multiple_choice}.
 *
 * <p>{@code acc} is 1 where the right choice has the highest log-probability, the first of equals;
 * {@code acc_norm} divides by the choice's characters first, {@code acc_bytes} by its UTF-8 bytes;
 * {@code exact_match} is 1 where every token of the right choice was the most likely one.
 *
 * @param id unique within its task
 * @param question what is asked
 * @param asked writes the context
 * @param choices texts, each scored as a whole after the context
 * @param right index of the right one
 * @param ties which of equally likely choices is taken
 */
public record ChoiceItem(
    String id,
    String question,
    MultipleChoiceItem.Asked asked,
    List<String> choices,
    int right,
    Ties ties)
    implements TaskItem {
  /** Which of equally likely choices counts as the model's. */
  public enum Ties {
    /** The first, as lm-evaluation-harness takes it. */
    FIRST,
    /** A wrong one: for sets whose right choice always stands first. */
    WRONG
  }

  /** A question with the harness's rule for ties. */
  public ChoiceItem(
      String id, String question, MultipleChoiceItem.Asked asked, List<String> choices, int right) {
    this(id, question, asked, choices, right, Ties.FIRST);
  }

  /** Copies the list and checks the index. */
  public ChoiceItem {
    choices = List.copyOf(choices);
    if (right < 0 || right >= choices.size()) {
      throw new IllegalArgumentException("item " + id + " has no choice number " + right);
    }
  }

  @Override
  public Optional<String> answer() {
    return Optional.of(choices.get(right));
  }

  @Override
  public ItemDocument document() {
    ObjectNode fields = ItemDocument.of(this).fields();
    choices.forEach(fields.withArrayProperty("choices")::add);
    return new ItemDocument(fields, String.valueOf(right));
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = asked.context(shots, question);
    return choices.stream()
        .<TaskRequest>map(
            choice -> new TaskRequest.Likelihood(context, asked.choice(shots, choice)))
        .toList();
  }

  @Override
  public boolean gradedFromSample() {
    return true;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    int best = best(answers, (text, log) -> log);
    int byCharacter = best(answers, (text, log) -> log / text.codePointCount(0, text.length()));
    int byByte = best(answers, (text, log) -> log / text.getBytes(StandardCharsets.UTF_8).length);
    boolean greedy = ((TaskAnswer.Likelihood) answers.get(right)).greedy();
    return new Grade(
        Map.of(
            "acc", best == right ? 1.0 : 0.0,
            "acc_norm", byCharacter == right ? 1.0 : 0.0,
            "acc_bytes", byByte == right ? 1.0 : 0.0,
            "exact_match", greedy ? 1.0 : 0.0),
        choices.get(best));
  }

  private int best(List<TaskAnswer> answers, ToDoubleBiFunction<String, Double> measure) {
    double[] values =
        IntStream.range(0, choices.size())
            .mapToDouble(
                i -> measure.applyAsDouble(choices.get(i), Answers.logProbability(answers.get(i))))
            .toArray();
    int best = Answers.firstHighest(values);
    return ties == Ties.WRONG && best == right
        ? IntStream.range(0, values.length)
            .filter(i -> i != right && values[i] == values[right])
            .findFirst()
            .orElse(best)
        : best;
  }
}
