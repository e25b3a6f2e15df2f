package org.soft4j.eval.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Grade;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.yaml.functions.TaskFunction;

/**
 * A row whose answers the task file's own {@code process_results} scores.
 *
 * @param asked what is asked, and how it would be scored otherwise
 * @param results values by metric
 * @param metrics of metric_list
 * @param filters of filter_list, each of which gives every metric
 */
record ScoredItem(
    RowItem asked, TaskFunction.Results results, List<String> metrics, List<String> filters)
    implements WrappedRow {
  @Override
  public Set<String> counts() {
    return Set.of();
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String filter : filters) {
      List<TaskAnswer> seen = through(filter, answers);
      Map<String, Double> given = results.of(row().row().values(), seen);
      for (String metric : metrics) {
        if (!given.containsKey(metric)) {
          throw row()
              .row()
              .fault("process_results gives no " + metric + ".", "Correct metric_list.");
        }
        values.put(new FilteredMetric(metric, filter).text(), given.get(metric));
      }
    }
    return new Grade(values, asked.grade(answers).chosen());
  }

  /** Log-probabilities as they are; of written answers to a row the one that the filter leaves. */
  private List<TaskAnswer> through(String filter, List<TaskAnswer> answers) {
    List<String> texts =
        answers.stream()
            .filter(TaskAnswer.Writing.class::isInstance)
            .map(answer -> ((TaskAnswer.Writing) answer).text())
            .toList();
    if (texts.isEmpty()) {
      return answers;
    }
    TaskAnswer.Writing first = (TaskAnswer.Writing) answers.get(0);
    return asked.filtered(filter, texts).stream()
        .<TaskAnswer>map(text -> new TaskAnswer.Writing(text, first.tokens(), first.ended()))
        .toList();
  }
}
