package org.soft4j.benchmarks.alpacaeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.UserError;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.WritingItem;
import org.soft4j.lm.Sampling;

/** AlpacaEval: instructions whose greedy answers a judge compares with a baseline's. */
public final class AlpacaEvalTask implements TaskProvider {
  private static final String REMEDY =
      "Use a JSON array of {\"instruction\", \"output\"}, such as AlpacaEval's reference outputs.";

  @Override
  public String name() {
    return "alpaca_eval";
  }

  @Override
  public String summary() {
    return "AlpacaEval, 805 instructions against a baseline's answers";
  }

  @Override
  public Task open(TaskOptions options) {
    Path file =
        options.path("alpaca_eval.file", "alpaca_eval/alpaca_eval_reference_text_davinci_003.json");
    int most = (int) options.number("alpaca_eval.max_new_tokens", 1024);
    List<TaskItem> items = new ArrayList<>();
    Map<String, String> outputs = new HashMap<>();
    String generator = "";
    for (JsonNode row : parse(file)) {
      outputs.put(String.valueOf(items.size()), row.path("output").asText());
      generator = row.path("generator").asText("the baseline");
      items.add(item(file, items.size(), row, most));
    }
    return new Task(
            new TaskCard(
                name(),
                "1",
                summary(),
                "Dubois et al. 2024, arXiv 2404.04475",
                "CC BY-NC 4.0",
                items.size() + " instructions of " + file.getFileName(),
                List.of(
                    new MetricCard("words", "words of an answer", Double.NaN, false),
                    new MetricCard("ended", "answers that the model ended by itself", Double.NaN)),
                List.of("greedy answers of at most " + most + " tokens")),
            items)
        .judgedBy(new JudgedBy.Preference(generator, outputs));
  }

  private static TaskItem item(Path file, int index, JsonNode row, int most) {
    if (row.path("instruction").asText().isBlank()) {
      throw new UserError("%s: entry %s has no instruction.".formatted(file, index + 1), REMEDY);
    }
    return new WritingItem(
        String.valueOf(index),
        row.path("dataset").asText(),
        List.of(row.path("instruction").asText()),
        new WritingItem.Writing(Sampling.GREEDY, most, List.of(), index));
  }

  private static JsonNode parse(Path file) {
    JsonNode rows = BoundedJson.document(file, REMEDY);
    if (!rows.isArray() || rows.isEmpty()) {
      throw new UserError(file + " is not a list of instructions.", REMEDY);
    }
    return rows;
  }
}
