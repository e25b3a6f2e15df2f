package org.soft4j.benchmarks.truthfulqa;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.soft4j.benchmarks.truthfulqa.TruthfulQaFile.Row;
import org.soft4j.core.UserError;
import org.soft4j.eval.ChoiceItem;
import org.soft4j.eval.DocumentedItem;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskProvider;

/** Tasks in which one answer of each question is right. */
final class SingleChoice {
  private SingleChoice() {}

  static Task task(
      TaskProvider provider,
      String version,
      TruthfulQaData data,
      Function<Row, Map<String, Boolean>> answers,
      String metric,
      ChoiceItem.Ties ties) {
    List<Row> rows = data.rows();
    for (int i = 0; i < rows.size(); i++) {
      if (answers.apply(rows.get(i)).isEmpty()) {
        throw new UserError(
            "%s, question %d has no answers for %s.".formatted(data.file(), i + 1, provider.name()),
            "Use mc_task.json of the revision of January 2025.");
      }
    }
    List<TaskItem> items = data.items((id, row) -> item(id, row, answers.apply(row), ties));
    MetricCard card =
        new MetricCard(
            metric,
            "the right answer is the most likely one",
            data.chance(row -> 1.0 / answers.apply(row).size()));
    return new Task(
        new TaskCard(
            provider.name(),
            version,
            provider.summary(),
            data.paper(),
            TruthfulQaData.LICENCE,
            data.split(),
            List.of(card),
            TruthfulQaPrompt.DEVIATIONS),
        items);
  }

  private static TaskItem item(
      String id, Row row, Map<String, Boolean> answers, ChoiceItem.Ties ties) {
    return new DocumentedItem(
        new ChoiceItem(
            id, row.question(), TruthfulQaPrompt::context, List.copyOf(answers.keySet()), 0, ties),
        TruthfulQaDocuments.choices(row));
  }
}
