package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.soft4j.eval.FilteredMetric;

/**
 * What one item came to under one metric.
 *
 * @param task name of the benchmark
 * @param shots number of demonstrations
 * @param item number of the item in its data set ({@code doc_id})
 * @param question what is asked; empty where the document has no such field
 * @param digest sha256 of the document ({@code doc_hash}), which joins files of different programs
 * @param metric its name, with the filter behind a comma where that is not {@code none}
 * @param value as a number; true is 1
 */
public record LmEvalScore(
    String task, int shots, int item, String question, String digest, String metric, double value) {
  /** Everything in a line that is no metric. */
  private static final Set<String> FIELDS =
      Set.of(
          "doc_id",
          "doc",
          "target",
          "arguments",
          "resps",
          "filtered_resps",
          "filter",
          "metrics",
          "doc_hash",
          "prompt_hash",
          "target_hash");

  /** The scores that a line of a samples file holds; values that are no numbers are left out. */
  static List<LmEvalScore> of(String task, int shots, ObjectNode line) {
    String filter = line.path("filter").asText(FilteredMetric.NONE);
    List<LmEvalScore> scores = new ArrayList<>();
    for (String metric : metrics(line)) {
      JsonNode value = line.path(metric);
      if (value.isNumber() || value.isBoolean()) {
        scores.add(
            new LmEvalScore(
                task,
                shots,
                line.path("doc_id").asInt(),
                line.path("doc").path("question").asText(""),
                line.path("doc_hash").asText(),
                new FilteredMetric(metric, filter).text(),
                value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.doubleValue()));
      }
    }
    return scores;
  }

  /** Older files do not list their metrics. */
  private static List<String> metrics(ObjectNode line) {
    List<String> names = new ArrayList<>();
    if (line.path("metrics").isArray()) {
      line.path("metrics").forEach(name -> names.add(name.asText()));
    } else {
      line.fieldNames().forEachRemaining(names::add);
      names.removeAll(FIELDS);
    }
    return names;
  }
}
