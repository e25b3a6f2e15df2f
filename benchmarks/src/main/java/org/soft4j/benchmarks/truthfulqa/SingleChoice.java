package org.soft4j.benchmarks.truthfulqa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.soft4j.benchmarks.truthfulqa.TruthfulQaFile.Row;
import org.soft4j.error.UserError;
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
      String metric) {
    Map<String, String> categories = data.categories();
    List<TaskItem> items = new ArrayList<>();
    for (Row row : data.rows()) {
      if (answers.apply(row).isEmpty()) {
        throw new UserError(
            "%s, question %d has no answers for %s."
                .formatted(data.file(), items.size() + 1, provider.name()),
            "Use mc_task.json of the revision of January 2025.");
      }
      items.add(
          new DocumentedItem(
                  new ChoiceItem(
                      "truthfulqa-" + items.size(),
                      row.question(),
                      TruthfulQaPrompt::context,
                      List.copyOf(answers.apply(row).keySet()),
                      0),
                  TruthfulQaDocuments.choices(row))
              .inCategory(categories.getOrDefault(row.question().strip(), "")));
    }
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
}
