package org.soft4j.eval.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/**
 * A row of a {@code loglikelihood} task: {@code acc} is 1 where every token of the target was the
 * most likely one, {@code perplexity} takes its log-probability.
 *
 * @param row with its place and its examples
 * @param target the continuation, taken as it is
 * @param metrics of these two
 */
record YamlLikelihoodItem(PlacedRow row, String target, List<MetricPlan> metrics)
    implements RowItem {
  @Override
  public Optional<String> answer() {
    return Optional.of(target);
  }

  @Override
  public Set<String> counts() {
    return Set.of("acc");
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return List.of(new TaskRequest.Likelihood(row.context(shots, question()), target));
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    TaskAnswer.Likelihood answer = (TaskAnswer.Likelihood) answers.get(0);
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (MetricPlan metric : metrics) {
      if (metric.aggregate().isPresent()) {
        parts.put(metric.name(), List.of(answer.logProbability()));
      } else {
        values.put(metric.name(), answer.greedy() ? 1.0 : 0.0);
      }
    }
    return new Grade(values, target, parts);
  }
}
