package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.lm.template.PythonValues;
import org.soft4j.lm.template.value.PythonText;

/**
 * The right answers to the rows of a {@code generate_until} task. The harness takes the first row's
 * doc_to_target for the kind of all; what it then stops at, or counts wrong whatever is written, is
 * refused.
 *
 * @param plan of the task
 * @param several whether the first row has a list of right answers, which is not empty
 */
record RightTexts(TaskPlan plan, boolean several) {
  private static final String ONE = "Let doc_to_target give one text.";

  /** The right answers of a row; where process_results grades, whatever doc_to_target gives. */
  List<String> of(PlacedRow placed) {
    RowForm form = placed.writer().own();
    Object gold = form.targetOf(placed.row());
    List<?> all = gold instanceof List<?> list ? list : List.of(gold);
    if (plan.results().isPresent()) {
      return all.stream().map(PythonValues::str).toList();
    }
    Optional<List<String>> choices = form.choicesOf(placed.row());
    if (choices.isPresent()) {
      return List.of(chosen(placed.row(), choices.get(), gold));
    }
    refuseOtherKind(placed.row(), gold, all);
    List<String> wanted = new ArrayList<>();
    all.forEach(one -> wanted.add(PythonValues.str(one)));
    refuseMetrics(placed.row(), gold, wanted);
    return wanted;
  }

  /** With doc_to_choice the right answer is the choice of that number, from the end below 0. */
  private static String chosen(Row row, List<String> choices, Object gold) {
    int size = choices.size();
    if (gold instanceof Integer at && at >= -size && at < size) {
      return choices.get(at < 0 ? size + at : at);
    }
    throw row.fault(
        "doc_to_target gives %s, which is the number of none of the %s choices."
            .formatted(PythonValues.repr(gold), size),
        "Give it the number of a choice, counted from 0, or leave doc_to_choice out.");
  }

  private void refuseOtherKind(Row row, Object gold, List<?> all) {
    boolean list = gold instanceof List<?>;
    if (list && all.isEmpty() && !several) {
      throw row.fault("doc_to_target gives an empty list, and it is the first row's kind.", ONE);
    }
    if (list != several) {
      throw row.fault(
          "doc_to_target gives %s, and %s for the first row."
              .formatted(list ? "a list" : "one value", several ? "a list" : "one value"),
          "Let it give a list for every row, or for none.");
    }
    if (list && !all.stream().allMatch(String.class::isInstance)) {
      throw row.fault(
          "doc_to_target gives %s; beside a text the harness counts numbers in a list as wrong."
              .formatted(PythonValues.repr(gold)),
          "Let it give texts.");
    }
  }

  private void refuseMetrics(Row row, Object gold, List<String> wanted) {
    WritingPlan writing = plan.writing().orElseThrow();
    boolean numbers = writing.filters().stream().anyMatch(AnswerFilter::numbers);
    for (MetricPlan metric : plan.metrics()) {
      boolean whole = metric.aggregate().isPresent();
      if ((whole || numbers) && gold instanceof List<?>) {
        throw row.fault("%s is of one right text, not of a list.".formatted(metric.name()), ONE);
      }
      if (numbers && (whole || !metric.match().equals(ExactMatch.PLAIN))) {
        throw row.fault(
            "%s reads texts, and the filter map gives numbers.".formatted(metric.name()),
            "Map to texts, in quotes.");
      }
    }
    if (numbers && !PythonText.isWhole(wanted.get(0))) {
      throw row.fault(
          "doc_to_target gives \"%s\", and the filter map gives numbers.".formatted(wanted.get(0)),
          "Map to texts, in quotes, or let doc_to_target give whole numbers.");
    }
  }
}
