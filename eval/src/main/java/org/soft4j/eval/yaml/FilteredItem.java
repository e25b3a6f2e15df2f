package org.soft4j.eval.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Grade;
import org.soft4j.eval.TaskAnswer;

/**
 * A row whose log-probabilities go through filters that leave them as they are, each of which gives
 * every metric under its own name, as in the reference harness.
 *
 * @param asked the row
 * @param filters names of filter_list
 */
record FilteredItem(RowItem asked, List<String> filters) implements WrappedRow {
  @Override
  public Grade grade(List<TaskAnswer> answers) {
    Grade grade = asked.grade(answers);
    return new Grade(named(grade.metrics()), grade.chosen(), named(grade.parts()));
  }

  private <T> Map<String, T> named(Map<String, T> values) {
    Map<String, T> named = new LinkedHashMap<>();
    for (String filter : filters) {
      values.forEach((name, value) -> named.put(new FilteredMetric(name, filter).text(), value));
    }
    return named;
  }
}
