package org.soft4j.eval.yaml;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.soft4j.eval.Answers;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/**
 * A row of a {@code multiple_choice} task: every choice is scored after the context, or, where
 * doc_to_text gives a number, one continuation after every choice.
 *
 * @param row with its place and its examples
 * @param choices whose lengths {@code acc_norm} divides by
 * @param right numbers of the right choices
 * @param metrics of {@code acc}, {@code acc_norm}, {@code acc_bytes}, {@code exact_match}, and of
 *     those over right and chosen numbers, {@code f1} and {@code mcc}
 */
record YamlChoiceItem(
    PlacedRow row, List<String> choices, List<Integer> right, List<MetricPlan> metrics)
    implements RowItem {
  @Override
  public String question() {
    return row.question().orElseGet(() -> String.join("\n", choices));
  }

  @Override
  public Optional<String> answer() {
    return Optional.of(choices.get(right.get(0)));
  }

  @Override
  public Set<String> counts() {
    return Set.of("exact_match");
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String delimiter = shots.form().chatFormat().isPresent() ? "" : row.writer().ownDelimiter();
    if (row.question().isPresent()) {
      String context = row.context(shots, row.question().get());
      return choices.stream()
          .<TaskRequest>map(choice -> new TaskRequest.Likelihood(context, delimiter + choice))
          .toList();
    }
    String continuation = delimiter + row.writer().own().targetOf(row.row());
    return choices.stream()
        .<TaskRequest>map(
            choice -> new TaskRequest.Likelihood(row.context(shots, choice), continuation))
        .toList();
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    List<TaskAnswer.Likelihood> scored =
        answers.stream().map(answer -> (TaskAnswer.Likelihood) answer).toList();
    int best = best(scored, (text, log) -> log);
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (MetricPlan metric : metrics) {
      if (metric.aggregate().isPresent()) {
        parts.put(metric.name(), List.of(right.get(0), best));
        continue;
      }
      values.put(
          metric.name(),
          switch (metric.name()) {
            case "acc" -> truth(right.contains(best));
            case "acc_norm" ->
                truth(
                    right.contains(
                        best(scored, (t, log) -> log / t.codePointCount(0, t.length()))));
            case "acc_bytes" ->
                truth(
                    right.contains(
                        best(scored, (t, log) -> log / t.getBytes(StandardCharsets.UTF_8).length)));
            default -> truth(right.stream().anyMatch(i -> scored.get(i).greedy()));
          });
    }
    return new Grade(values, choices.get(best), parts);
  }

  private int best(List<TaskAnswer.Likelihood> scored, ToDoubleBiFunction<String, Double> measure) {
    double[] values =
        IntStream.range(0, scored.size())
            .mapToDouble(i -> measure.applyAsDouble(choices.get(i), scored.get(i).logProbability()))
            .toArray();
    return Answers.firstHighest(values);
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }
}
