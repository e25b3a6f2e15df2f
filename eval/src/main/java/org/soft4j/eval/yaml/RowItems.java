package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.WritingItem;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.template.PythonValues;

/** The item of one row: what output_type asks for it. */
record RowItems(TaskPlan plan, PlacedRow row) {
  private static final String MUTUAL = "acc_mutual_info";

  /**
   * A row of a {@code multiple_choice} task: every choice is scored after the context, or, where
   * doc_to_text gives a number, one continuation after every choice.
   */
  TaskItem choices(List<String> choices, List<Integer> right) {
    return new MultipleChoiceItem(row, this::requests, choices, right, scorers().ofChoices());
  }

  private List<TaskRequest> requests(Shots shots, String question, List<String> choices) {
    String delimiter = shots.form().chatFormat().isPresent() ? "" : row.writer().ownDelimiter();
    List<TaskRequest> requests = new ArrayList<>(asked(shots, delimiter, choices));
    if (plan.metrics().stream().anyMatch(metric -> metric.name().equals(MUTUAL))) {
      choices.forEach(choice -> requests.add(new TaskRequest.Likelihood("", delimiter + choice)));
    }
    return List.copyOf(requests);
  }

  private List<? extends TaskRequest> asked(Shots shots, String delimiter, List<String> choices) {
    if (row.asked().isPresent()) {
      String context = row.context(shots, row.asked().get());
      return choices.stream()
          .map(choice -> new TaskRequest.Likelihood(context, delimiter + choice))
          .toList();
    }
    String continuation = delimiter + target();
    return choices.stream()
        .map(choice -> new TaskRequest.Likelihood(row.context(shots, choice), continuation))
        .toList();
  }

  /** A row of a {@code loglikelihood} task: doc_to_target is the only choice, taken as it is. */
  TaskItem target(String target) {
    return new MultipleChoiceItem(
        row,
        (shots, question, choices) ->
            List.of(new TaskRequest.Likelihood(row.context(shots, question), target)),
        List.of(target),
        List.of(0),
        scorers().ofTarget());
  }

  /** A row of a {@code loglikelihood_rolling} task: doc_to_target is scored as a whole text. */
  TaskItem rolling(String text) {
    return new MultipleChoiceItem(
        row,
        (shots, question, choices) -> List.of(new TaskRequest.Rolling(text)),
        List.of(text),
        List.of(),
        scorers().ofText(text));
  }

  /**
   * A row of a {@code generate_until} task: an answer is written, or several are, filtered, and
   * compared with every right one.
   */
  TaskItem writing(List<String> wanted) {
    WritingPlan how = plan.writing().orElseThrow();
    Map<String, UnaryOperator<List<String>>> filters = new LinkedHashMap<>();
    how.filters()
        .forEach(
            filter ->
                filters.putIfAbsent(
                    filter.name(), texts -> List.of(filter.apply(texts, row.row()).toString())));
    return new WritingItem(
        row,
        List.of(row.question()),
        row::context,
        new WritingItem.Writing(
            how.sampling(),
            how.maxNewTokens(),
            how.until(),
            row.index(),
            Overlong.CUT,
            how.repeats()),
        wanted.stream().findFirst(),
        filters,
        scorers().ofTexts(wanted, filters));
  }

  /** doc_to_target as Python writes it. */
  String target() {
    return PythonValues.str(row.writer().own().targetOf(row.row()));
  }

  private RowScorers scorers() {
    return new RowScorers(plan, row.row());
  }
}
