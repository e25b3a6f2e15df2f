package org.soft4j.benchmarks.truthfulqa;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.TruthReferences;
import org.soft4j.eval.WritingItem;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.Sampling;

/** TruthfulQA, generation: are the model's words closer to true or to false answers? */
public final class TruthfulQaGenTask implements TaskProvider {
  /** Answers are written greedily and up to an empty line. */
  private static final WritingItem.Writing WRITING =
      new WritingItem.Writing(Sampling.GREEDY, 256, List.of("\n\n"), 0, Overlong.CUT, 1);

  @Override
  public String name() {
    return "truthfulqa_gen";
  }

  @Override
  public String summary() {
    return "TruthfulQA generation: BLEU and ROUGE against true and false answers";
  }

  @Override
  public Task open(TaskOptions options) {
    Path file = options.path("truthfulqa.csv", TruthfulQaData.folder(options) + "/TruthfulQA.csv");
    List<TaskItem> items = new ArrayList<>();
    for (TruthfulQaAnswers.Row row : TruthfulQaAnswers.read(file)) {
      items.add(item("truthfulqa-" + items.size(), row));
    }
    return new Task(
        new TaskCard(
            name(),
            "3.0",
            summary(),
            TruthfulQaData.PAPER,
            TruthfulQaData.LICENCE,
            items.size() + " questions of " + file.getFileName(),
            metrics(),
            List.of(
                "zero-shot has the primer of the reference harness (six questions)",
                "the context ends after the question, so that the model writes \"A:\" itself, and"
                    + " it is compared with it, as in the reference harness",
                "BLEURT is left out, as in the reference harness",
                "a repetition penalty in the model's generation_config.json is not applied; the"
                    + " reference harness applies it")),
        items);
  }

  private static TaskItem item(String id, TruthfulQaAnswers.Row row) {
    return new WritingItem(
        row.document(id),
        List.of(row.question()),
        TruthfulQaPrompt::untilQuestion,
        WRITING,
        Optional.empty(),
        Map.of(),
        List.of(new TruthReferences(row.right(), row.wrong())));
  }

  private static List<MetricCard> metrics() {
    List<MetricCard> metrics = new ArrayList<>();
    for (String measure : TruthReferences.MEASURES) {
      String name = measure.equals("bleu") ? "BLEU" : measure.toUpperCase(Locale.ROOT);
      metrics.add(
          new MetricCard(
              measure + "_max", "best " + name + " with a true answer", Double.NaN, false));
      metrics.add(
          new MetricCard(
              measure + "_acc", "a true answer is closer in " + name + " than any false one", 0.5));
      metrics.add(
          new MetricCard(
              measure + "_diff", "best " + name + " true minus best false", Double.NaN, false));
    }
    return metrics;
  }
}
