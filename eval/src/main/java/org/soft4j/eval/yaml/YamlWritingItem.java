package org.soft4j.eval.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Overlong;
import org.soft4j.lm.template.value.PythonText;

/**
 * A row of a {@code generate_until} task: an answer is written, or several are, filtered, and
 * compared with every right one.
 *
 * @param row with its place and its examples
 * @param wanted right answers; one of them is enough
 * @param scoring how answers are written and filtered
 * @param metrics exact_match, and those over right and written texts
 */
record YamlWritingItem(
    PlacedRow row, List<String> wanted, WritingPlan scoring, List<MetricPlan> metrics)
    implements RowItem {
  private static final long APART = 1_000_000_007L;

  @Override
  public Optional<String> answer() {
    return wanted.stream().findFirst();
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = row.context(shots, question());
    if (scoring.sampling().greedy()) {
      return Collections.nCopies(scoring.repeats(), writing(context, row.index()));
    }
    return IntStream.range(0, scoring.repeats())
        .mapToObj(repeat -> writing(context, row.index() + APART * repeat))
        .toList();
  }

  /** Draws are each row's and each repeat's own, by their seed. */
  private TaskRequest writing(String context, long seed) {
    return new TaskRequest.Writing(
        new GenerationRequest(
            context,
            scoring.sampling(),
            scoring.maxNewTokens(),
            scoring.until(),
            seed,
            Overlong.CUT));
  }

  @Override
  public int repeats() {
    return scoring.repeats();
  }

  @Override
  public List<String> filtered(String filter, List<String> texts) {
    return scoring.filters().stream()
        .filter(known -> known.name().equals(filter))
        .findFirst()
        .map(known -> List.of(known.apply(texts, row.row()).toString()))
        .orElse(texts);
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    List<String> texts =
        answers.stream().map(answer -> ((TaskAnswer.Writing) answer).text()).toList();
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (AnswerFilter filter : scoring.filters()) {
      Object taken = filter.apply(texts, row.row());
      for (MetricPlan metric : metrics) {
        String name = new FilteredMetric(metric.name(), filter.name()).text();
        if (metric.aggregate().isPresent()) {
          parts.put(name, List.of(wanted.get(0), taken.toString()));
        } else {
          values.put(name, right(metric, taken) ? 1.0 : 0.0);
        }
      }
    }
    return new Grade(values, texts.get(0), parts);
  }

  /** Beside a number that the filter map gives, the right text counts as a number too. */
  private boolean right(MetricPlan metric, Object taken) {
    return taken instanceof Long number
        ? PythonText.whole(wanted.get(0)) == number
        : wanted.stream().anyMatch(right -> metric.match().equal((String) taken, right));
  }
}
