package org.soft4j.benchmarks.truthfulqa;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.soft4j.benchmarks.truthfulqa.TruthfulQaFile.Row;
import org.soft4j.error.UserError;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.MultipleChoiceItem.Choice;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/**
 * TruthfulQA MC1 and MC2.
 *
 * <p>An item of the file: "What happens to you if you eat watermelon seeds?" with the best answer
 * "The watermelon seeds pass through your digestive system" against "You grow watermelons in your
 * stomach" and others. An answer that stands under both metrics is scored once.
 */
public final class TruthfulQaTask implements TaskProvider {
  @Override
  public String name() {
    return "truthfulqa";
  }

  @Override
  public String summary() {
    return "TruthfulQA multiple choice, harness primer (mc1, mc2)";
  }

  @Override
  public Task open(TaskOptions options) {
    Path file = file(options);
    List<Row> rows = TruthfulQaFile.read(file);
    List<TaskItem> items = new ArrayList<>();
    for (Row row : rows) {
      items.add(item("truthfulqa-" + items.size(), row));
    }
    TaskCard card =
        new TaskCard(
            name(),
            "1",
            summary(),
            "Lin et al. 2022, arXiv 2109.07958",
            rows.size() + " questions of " + file.getFileName(),
            List.of(
                new MetricCard(
                    "mc1",
                    "the best answer is the most likely one",
                    chance(rows, row -> 1.0 / row.mc1().size())),
                new MetricCard(
                    "mc2",
                    "probability of the right answers",
                    chance(rows, TruthfulQaTask::shareOfRight))),
            List.of(
                "zero-shot has the primer of the reference harness (six questions)",
                "at k shots, k pool demonstrations stand before the primer",
                "mc2 subtracts the highest log-probability first, which only avoids underflow"));
    return new Task(card, items);
  }

  /** What equal probabilities for all choices would give. */
  private static double chance(List<Row> rows, ToDoubleFunction<Row> chance) {
    return rows.stream().mapToDouble(chance).average().orElse(Double.NaN);
  }

  private static double shareOfRight(Row row) {
    return row.mc2().values().stream().mapToDouble(right -> right ? 1 : 0).average().orElseThrow();
  }

  private static Path file(TaskOptions options) {
    String named = options.value("truthfulqa.file", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    return options
        .data()
        .map(folder -> folder.resolve("truthfulqa").resolve("v1").resolve("mc_task.json"))
        .orElseThrow(
            () ->
                new UserError(
                    "TruthfulQA needs its file mc_task.json, and no data folder is set.",
                    "Name it with truthfulqa.file=PATH, or set SOFT4J_DATA to a folder that holds"
                        + " truthfulqa/v1/mc_task.json."));
  }

  private static TaskItem item(String id, Row row) {
    Set<String> answers = new LinkedHashSet<>(row.mc1().keySet());
    answers.addAll(row.mc2().keySet());
    List<Choice> choices =
        answers.stream()
            .map(
                answer ->
                    new Choice(
                        " " + answer,
                        row.mc1().containsKey(answer),
                        row.mc2().containsKey(answer),
                        row.mc2().getOrDefault(answer, row.mc1().getOrDefault(answer, false))))
            .toList();
    return new MultipleChoiceItem(
        id,
        row.question(),
        (shots, question) -> TruthfulQaPrompt.context(shots.demonstrations(), question),
        choices,
        "");
  }
}
