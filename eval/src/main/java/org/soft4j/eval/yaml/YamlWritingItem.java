package org.soft4j.eval.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Overlong;

/**
 * A row of a {@code generate_until} task: an answer is written, filtered, and compared with every
 * right one.
 *
 * @param row with its place and its examples
 * @param wanted right answers; one of them is enough
 * @param scoring how answers are written and filtered
 * @param metrics exact_match, and those over right and written texts
 */
record YamlWritingItem(
    PlacedRow row, List<String> wanted, WritingPlan scoring, List<MetricPlan> metrics)
    implements RowItem {
  @Override
  public Optional<String> answer() {
    return wanted.stream().findFirst();
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return List.of(
        new TaskRequest.Writing(
            new GenerationRequest(
                row.context(shots, question()),
                scoring.sampling(),
                scoring.maxNewTokens(),
                scoring.until(),
                row.index(),
                Overlong.CUT)));
  }

  @Override
  public String filtered(String filter, String text) {
    return scoring.filters().stream()
        .filter(known -> known.name().equals(filter))
        .findFirst()
        .map(known -> known.apply(text, row.row()))
        .orElse(text);
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    String text = ((TaskAnswer.Writing) answers.get(0)).text();
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (AnswerFilter filter : scoring.filters()) {
      String taken = filter.apply(text, row.row());
      for (MetricPlan metric : metrics) {
        String name = new FilteredMetric(metric.name(), filter.name()).text();
        if (metric.aggregate().isPresent()) {
          parts.put(name, List.of(wanted.get(0), taken));
        } else {
          boolean equal = wanted.stream().anyMatch(right -> metric.match().equal(taken, right));
          values.put(name, equal ? 1.0 : 0.0);
        }
      }
    }
    return new Grade(values, text, parts);
  }
}
