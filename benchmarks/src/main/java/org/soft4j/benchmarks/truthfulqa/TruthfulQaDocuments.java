package org.soft4j.benchmarks.truthfulqa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.eval.ItemDocument;

/** Rows as the hub's truthful_qa set has them, whose digests the reference harness logs. */
final class TruthfulQaDocuments {
  private static final String BEST_FIRST = "0";

  private TruthfulQaDocuments() {}

  /** A row of the configuration {@code multiple_choice}. */
  static ItemDocument choices(TruthfulQaFile.Row row) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode().put("question", row.question());
    targets(fields.putObject("mc1_targets"), row.mc1());
    targets(fields.putObject("mc2_targets"), row.mc2());
    return new ItemDocument(fields, BEST_FIRST);
  }

  private static void targets(ObjectNode node, Map<String, Boolean> targets) {
    texts(node, "choices", targets.keySet());
    ArrayNode labels = node.putArray("labels");
    targets.values().forEach(right -> labels.add(right ? 1 : 0));
  }

  /** A row of the configuration {@code generation}, with its answers as the harness mends them. */
  static ItemDocument written(TruthfulQaAnswers.Row row) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("type", row.type()).put("category", row.category());
    fields.put("question", row.question()).put("best_answer", row.best());
    texts(fields, "correct_answers", row.right());
    texts(fields, "incorrect_answers", row.wrong());
    fields.put("source", row.source());
    return new ItemDocument(fields, ItemDocument.NO_TARGET, counts());
  }

  private static void texts(ObjectNode node, String name, Iterable<String> texts) {
    texts.forEach(node.putArray(name)::add);
  }

  private static Set<String> counts() {
    List<String> measures = TruthfulQaGenItem.MEASURES;
    return measures.stream().map(measure -> measure + "_acc").collect(Collectors.toSet());
  }
}
