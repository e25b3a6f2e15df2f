package org.soft4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.settings.Settings;

/**
 * Our files against those that lm-evaluation-harness 0.4.13 wrote of the same answers
 * (tools/golden/lm_eval_files.py): a model that repeats the harness's answers is evaluated here,
 * and exported.
 */
class LmEvalExportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/org/soft4j/evaluation/lm_eval");
  private static final List<String> TASKS =
      List.of("truthfulqa_mc1", "truthfulqa_mc2", "truthfulqa_gen");
  private static final LocalDateTime DATE = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000);
  private static final String DATED = "_2026-01-02T03-04-05.000678";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Path evaluated;
  private Path exported;

  @BeforeEach
  void exportTheSameAnswers() {
    evaluated = folder.resolve("evaluated");
    EvaluationPlan plan =
        new EvaluationPlan(
            Resolved.defaults(Settings.DEFAULT)
                .with(
                    Map.of(
                        "model.name", "micro-1",
                        "seed", "1",
                        "data.tasks", String.join(",", TASKS),
                        "data.options.truthfulqa.file", GOLDEN.resolve("mc_task.json").toString(),
                        "data.options.truthfulqa.csv", GOLDEN.resolve("TruthfulQA.csv").toString()),
                    "test")
                .value());
    new EvaluationJob(
            plan,
            choice -> new OpenedModel(new GoldenModel(golden()), Optional.empty()),
            Progress.SILENT,
            Cancellation.NEVER)
        .run(evaluated, false);
    exported =
        Exports.of(AnsweredFolder.open(evaluated, OptionalInt.empty()), Optional.empty())
            .lmEval(folder.resolve("out"), DATE)
            .get(0);
  }

  private static List<JsonNode> golden() {
    List<JsonNode> lines = new ArrayList<>();
    TASKS.forEach(task -> lines.addAll(nodes(GOLDEN.resolve("samples_" + task + ".jsonl"))));
    return lines;
  }

  @Test
  void samplesAreTheHarnesssToTheByteUpToTheirMetrics() throws IOException {
    for (String task : TASKS) {
      List<String> theirs = Files.readAllLines(GOLDEN.resolve("samples_" + task + ".jsonl"));
      List<String> ours =
          Files.readAllLines(exported.resolve("samples_" + task + DATED + ".jsonl"));
      assertEquals(
          theirs.stream().map(LmEvalExportTest::untilMetrics).toList(),
          ours.stream().map(LmEvalExportTest::untilMetrics).toList());
    }
  }

  private static String untilMetrics(String line) {
    int end = line.indexOf("\"target_hash\"");
    return line.substring(0, line.indexOf(',', end));
  }

  @Test
  void metricsAreTheHarnesssInValueAndKind() {
    for (String task : TASKS) {
      List<JsonNode> theirs = nodes(GOLDEN.resolve("samples_" + task + ".jsonl"));
      List<JsonNode> ours = nodes(exported.resolve("samples_" + task + DATED + ".jsonl"));
      for (int i = 0; i < theirs.size(); i++) {
        assertEquals(names(theirs.get(i)), names(ours.get(i)));
        for (JsonNode metric : theirs.get(i).path("metrics")) {
          JsonNode value = theirs.get(i).path(metric.asText());
          JsonNode own = ours.get(i).path(metric.asText());
          assertEquals(value.asDouble(), own.asDouble(), 1e-9, metric.asText());
          assertEquals(value.isIntegralNumber(), own.isIntegralNumber(), metric.asText());
        }
      }
    }
  }

  @Test
  void resultsHaveTheHarnesssKeysInItsOrderAndItsNumbers() throws IOException {
    JsonNode theirs = MAPPER.readTree(Files.readString(GOLDEN.resolve("results.json")));
    JsonNode ours =
        MAPPER.readTree(Files.readString(exported.resolve("results" + DATED + ".json")));
    assertEquals(names(theirs), names(ours));
    assertEquals(names(theirs.path("config")), names(ours.path("config")));
    for (String same : List.of("versions", "n-shot", "n-samples", "task_hashes")) {
      for (String task : TASKS) {
        assertEquals(theirs.path(same).path(task), ours.path(same).path(task), same + " " + task);
      }
    }
    for (String task : TASKS) {
      JsonNode scores = ours.path("results").path(task);
      theirs
          .path("results")
          .path(task)
          .properties()
          .forEach(
              score -> {
                assertTrue(scores.has(score.getKey()), score.getKey());
                assertEquals(
                    score.getValue().asDouble(),
                    scores.path(score.getKey()).asDouble(),
                    1e-9,
                    score.getKey());
              });
    }
  }

  @Test
  void theHarnesssFilesAndOursAreComparedItemByItem() throws IOException {
    Path theirs = harness("harness");
    List<Comparison> rows =
        RunComparison.ofScores(ComparedFolders.read(List.of(theirs, evaluated, exported)));
    Set<String> compared = new HashSet<>();
    for (Comparison row : rows) {
      compared.add(row.benchmark());
      assertEquals(3, row.items());
      assertEquals(row.firstMean(), row.secondMean(), 1e-9);
    }
    assertEquals(Set.copyOf(TASKS), compared);
    assertEquals(2 * (1 + 1 + 12), rows.size(), "metrics, of two folders");
  }

  /** What 0.4.9 wrote has no name and sample_len, and what is to come has more keys. */
  @Test
  void olderAndNewerFilesAreReadToo() throws IOException {
    Path theirs = harness("other");
    Path results = theirs.resolve("m/results" + DATED + ".json");
    ObjectNode tree = (ObjectNode) MAPPER.readTree(Files.readString(results));
    tree.path("results").forEach(task -> ((ObjectNode) task).remove(List.of("name", "sample_len")));
    tree.put("of_a_later_version", 1);
    Files.writeString(results, tree.toString());
    Path samples = theirs.resolve("m/samples_truthfulqa_mc1" + DATED + ".jsonl");
    StringBuilder text = new StringBuilder();
    for (JsonNode line : nodes(samples)) {
      ((ObjectNode) line).remove("metrics");
      text.append(((ObjectNode) line).put("of_a_later_version", "text")).append('\n');
    }
    // The harness appends: an older run's lines stand before the newer ones.
    Files.writeString(samples, text.toString().replace("\"acc\":0.0", "\"acc\":NaN") + text);
    var table = LmEvalFiles.read(theirs);
    assertEquals(
        List.of("task", "shots", "item", "question", "doc_hash", "metric", "value"),
        table.columnNames());
    assertEquals(3 * (1 + 1 + 12), table.rowCount());
    var mc1 = table.where(table.stringColumn("task").isEqualTo("truthfulqa_mc1"));
    assertEquals(List.of(0, 1, 2), mc1.intColumn("item").asList());
    assertEquals(0.0, mc1.doubleColumn("value").sum());
  }

  @Test
  void benchmarkFilesThatHaveChangedSinceAreRefused() throws IOException {
    Path changed = folder.resolve("mc_task.json");
    Files.writeString(
        changed,
        Files.readString(GOLDEN.resolve("mc_task.json"))
            .replace("protect yourself", "guard yourself"));
    Path record = evaluated.resolve("eval.json");
    Files.writeString(
        record,
        Files.readString(record)
            .replace(GOLDEN.resolve("mc_task.json").toString(), changed.toString()));
    UserError refused =
        assertThrows(UserError.class, () -> AnsweredFolder.open(evaluated, OptionalInt.empty()));
    assertTrue(refused.getMessage().contains("other questions"), refused.getMessage());
    assertTrue(refused.remedy().contains("evaluate the model again"), refused.remedy());
  }

  /** The golden files under the names that the harness gave them. */
  private Path harness(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name).resolve("m"));
    Files.copy(GOLDEN.resolve("results.json"), model.resolve("results" + DATED + ".json"));
    for (String task : TASKS) {
      Files.copy(
          GOLDEN.resolve("samples_" + task + ".jsonl"),
          model.resolve("samples_" + task + DATED + ".jsonl"));
    }
    return model.getParent();
  }

  private static List<JsonNode> nodes(Path file) {
    try {
      List<JsonNode> nodes = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        nodes.add(MAPPER.readTree(line));
      }
      return nodes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
