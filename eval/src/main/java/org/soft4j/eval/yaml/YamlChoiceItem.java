package org.soft4j.eval.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.soft4j.eval.metric.Aggregate;

/**
 * A row of a {@code multiple_choice} task: every choice is scored after the context, or, where
 * doc_to_text gives a number, one continuation after every choice.
 *
 * @param row with its place and its examples
 * @param choices whose lengths {@code acc_norm} divides by
 * @param right numbers of the right choices
 * @param metrics of {@code acc}, {@code acc_norm}, {@code acc_bytes}, {@code acc_mutual_info},
 *     {@code exact_match}, of those over right and chosen numbers, {@code f1} and {@code mcc}, and
 *     {@code brier_score}
 */
record YamlChoiceItem(
    PlacedRow row, List<String> choices, List<Integer> right, List<MetricPlan> metrics)
    implements RowItem {
  private static final String MUTUAL = "acc_mutual_info";

  @Override
  public String question() {
    return row.question().orElseGet(() -> String.join("\n", choices));
  }

  @Override
  public Optional<String> answer() {
    return right.stream().findFirst().map(choices::get);
  }

  @Override
  public Set<String> counts() {
    return Set.of("exact_match");
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String delimiter = shots.form().chatFormat().isPresent() ? "" : row.writer().ownDelimiter();
    List<TaskRequest> requests = new ArrayList<>(asked(shots, delimiter));
    if (metrics.stream().anyMatch(metric -> metric.name().equals(MUTUAL))) {
      choices.forEach(choice -> requests.add(new TaskRequest.Likelihood("", delimiter + choice)));
    }
    return List.copyOf(requests);
  }

  private List<TaskRequest> asked(Shots shots, String delimiter) {
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
    List<TaskAnswer.Likelihood> all =
        answers.stream().map(answer -> (TaskAnswer.Likelihood) answer).toList();
    List<TaskAnswer.Likelihood> scored = all.subList(0, choices.size());
    int best = best(scored, (text, log) -> log);
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (MetricPlan metric : metrics) {
      if (metric.aggregate().isPresent()) {
        parts.put(metric.name(), part(metric, scored, best));
        continue;
      }
      values.put(
          metric.name(),
          switch (metric.name()) {
            case "acc" -> truth(right.contains(best));
            case MUTUAL -> truth(right.contains(mostInformed(all)));
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

  private List<Object> part(MetricPlan metric, List<TaskAnswer.Likelihood> scored, int best) {
    if (metric.aggregate().filter(Aggregate.BRIER::equals).isEmpty()) {
      return List.of(right.get(0), best);
    }
    double[] logs = scored.stream().mapToDouble(TaskAnswer.Likelihood::logProbability).toArray();
    double highest = Arrays.stream(logs).max().orElseThrow();
    double[] sizes = Arrays.stream(logs).map(log -> Math.exp(log - highest)).toArray();
    double all = Arrays.stream(sizes).sum();
    return List.of(right.get(0), Arrays.stream(sizes).map(size -> size / all).boxed().toList());
  }

  /** The choice that the context makes likelier than it is alone, by the most. */
  private int mostInformed(List<TaskAnswer.Likelihood> all) {
    return Answers.firstHighest(
        IntStream.range(0, choices.size())
            .mapToDouble(
                i -> all.get(i).logProbability() - all.get(choices.size() + i).logProbability())
            .toArray());
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
