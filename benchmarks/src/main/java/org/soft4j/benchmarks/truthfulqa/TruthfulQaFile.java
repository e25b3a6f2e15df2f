package org.soft4j.benchmarks.truthfulqa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.UserError;
import org.soft4j.eval.Document;

/**
 * Reads mc_task.json: an array of questions with {@code mc1_targets} and {@code mc2_targets}, each
 * either an object from answer to 1 or 0, or {@code {choices: [...], labels: [...]}}.
 */
final class TruthfulQaFile {
  /**
   * One question.
   *
   * @param question what is asked
   * @param mc0 the best answer and the best wrong one; empty where the revision has none
   * @param mc1 answers to right or wrong; exactly one is right, and it stands first
   * @param mc2 answers to right or wrong
   */
  record Row(
      String question,
      Map<String, Boolean> mc0,
      Map<String, Boolean> mc1,
      Map<String, Boolean> mc2) {
    private static final String BEST_FIRST = "0";

    /** As the configuration multiple_choice of the hub's truthful_qa set has it. */
    Document document(String id, String category) {
      ObjectNode fields = JsonNodeFactory.instance.objectNode().put("question", question);
      targets(fields.putObject("mc1_targets"), mc1);
      targets(fields.putObject("mc2_targets"), mc2);
      return Document.of(id, category, question, new Document.Logged(fields, BEST_FIRST));
    }

    private static void targets(ObjectNode node, Map<String, Boolean> targets) {
      ArrayNode choices = node.putArray("choices");
      targets.keySet().forEach(choices::add);
      ArrayNode labels = node.putArray("labels");
      targets.values().forEach(right -> labels.add(right ? 1 : 0));
    }
  }

  private static final String REMEDY =
      "Get mc_task.json from the TruthfulQA repository and name it with truthfulqa.file=PATH, or"
          + " set SOFT4J_DATA to a folder that holds truthfulqa/v1/mc_task.json.";

  private TruthfulQaFile() {}

  static List<Row> read(Path file) {
    JsonNode root = BoundedJson.document(file, REMEDY);
    if (!root.isArray() || root.isEmpty()) {
      throw fault(file, "is not a list of questions");
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : root) {
      String where = "question " + (rows.size() + 1);
      String question = row.path("question").asText("");
      Map<String, Boolean> mc0 =
          row.has("mc0_targets")
              ? targets(file, where + ", mc0_targets", row.path("mc0_targets"))
              : Map.of();
      Map<String, Boolean> mc1 = targets(file, where + ", mc1_targets", row.path("mc1_targets"));
      Map<String, Boolean> mc2 = targets(file, where + ", mc2_targets", row.path("mc2_targets"));
      if (question.isBlank() || mc1.values().stream().filter(right -> right).count() != 1) {
        throw fault(file, where + " lacks its text or its one best answer");
      }
      rows.add(new Row(question, bestFirst(mc0), bestFirst(mc1), mc2));
    }
    return rows;
  }

  private static Map<String, Boolean> targets(Path file, String where, JsonNode node) {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    if (node.path("choices").isArray()) {
      for (int i = 0; i < node.path("choices").size(); i++) {
        targets.put(node.path("choices").get(i).asText(), node.path("labels").path(i).asInt() == 1);
      }
    } else {
      node.properties().forEach(e -> targets.put(e.getKey(), e.getValue().asInt() == 1));
    }
    if (targets.isEmpty() || !targets.containsValue(true)) {
      throw fault(file, where + " holds no right answer");
    }
    return targets;
  }

  private static Map<String, Boolean> bestFirst(Map<String, Boolean> targets) {
    Map<String, Boolean> ordered = new LinkedHashMap<>();
    targets.forEach((answer, right) -> addIf(right, answer, right, ordered));
    targets.forEach((answer, right) -> addIf(!right, answer, right, ordered));
    return ordered;
  }

  private static void addIf(
      boolean condition, String answer, boolean right, Map<String, Boolean> target) {
    if (condition) {
      target.put(answer, right);
    }
  }

  private static UserError fault(Path file, String problem) {
    return new UserError(file + ": " + problem + ".", "Use mc_task.json of TruthfulQA.");
  }
}
