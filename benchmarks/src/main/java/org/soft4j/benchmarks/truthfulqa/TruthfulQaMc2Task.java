package org.soft4j.benchmarks.truthfulqa;

import java.util.List;
import org.soft4j.benchmarks.truthfulqa.TruthfulQaFile.Row;
import org.soft4j.eval.DocumentedItem;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.ProbabilityShareItem;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** TruthfulQA MC2 under the reference harness's name: the probability of all right answers. */
public final class TruthfulQaMc2Task implements TaskProvider {
  @Override
  public String name() {
    return "truthfulqa_mc2";
  }

  @Override
  public String summary() {
    return "TruthfulQA MC2, share of probability on right answers (acc)";
  }

  @Override
  public Task open(TaskOptions options) {
    TruthfulQaData data = TruthfulQaData.open(options);
    List<TaskItem> items = data.items(TruthfulQaMc2Task::item);
    MetricCard metric =
        new MetricCard(
            "acc",
            "probability of the right answers",
            data.chance(row -> TruthfulQaData.shareOfRight(row.mc2())));
    return new Task(
        new TaskCard(
            name(),
            "3.0",
            summary(),
            data.paper(),
            TruthfulQaData.LICENCE,
            data.split(),
            List.of(metric),
            TruthfulQaPrompt.DEVIATIONS),
        items);
  }

  private static TaskItem item(String id, Row row) {
    return new DocumentedItem(
        new ProbabilityShareItem(
            id,
            row.question(),
            TruthfulQaPrompt::context,
            List.copyOf(row.mc2().keySet()),
            List.copyOf(row.mc2().values())),
        TruthfulQaDocuments.choices(row));
  }
}
