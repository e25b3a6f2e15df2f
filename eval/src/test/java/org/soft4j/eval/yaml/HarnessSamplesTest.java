package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.eval.files.LmEvalSource;
import org.soft4j.lm.ModelIdentity;

/**
 * The files that are exported of a task file's answers join with the harness's own: documents,
 * first prompts and targets have its digests, and every filter has its lines (log_samples of
 * lm-evaluation-harness, written down by tools/golden/yaml_tasks.py).
 */
class HarnessSamplesTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  static Stream<JsonNode> runs() throws IOException {
    return HarnessTasksTest.runs();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void digestsFiltersAndMeansAreTheHarnesss(JsonNode run) throws IOException {
    Path exported = export(HarnessFiles.open(run), run.path("docs"));
    List<JsonNode> lines = lines(exported);
    assertFalse(lines.isEmpty());
    for (JsonNode line : lines) {
      JsonNode doc = run.path("docs").get(line.path("doc_id").asInt());
      List<String> digests = new ArrayList<>();
      Stream.of("doc_hash", "prompt_hash", "target_hash")
          .forEach(name -> digests.add(line.path(name).asText()));
      assertEquals(MAPPER.valueToTree(digests), doc.path("digests"));
      String filter = line.path("filter").asText();
      if (doc.has("filtered")) {
        assertEquals(doc.path("filtered").path(filter), line.path("filtered_resps"));
      }
      for (JsonNode metric : line.path("metrics")) {
        String name = metric.asText() + (filter.equals("none") ? "" : "," + filter);
        assertEquals(
            doc.path("metrics").path(name).asDouble(), line.path(metric.asText()).asDouble());
      }
    }
    int filters = Math.max(1, run.path("docs").get(0).path("filtered").size());
    assertEquals(run.path("docs").size() * filters, lines.size());
    means(run, results(exported).path("results").path(run.path("task").asText()));
  }

  private static void means(JsonNode run, JsonNode scores) {
    assertEquals(run.path("sample_len"), scores.path("sample_len"));
    run.path("means")
        .properties()
        .forEach(
            mean -> {
              String key = mean.getKey().contains(",") ? mean.getKey() : mean.getKey() + ",none";
              assertEquals(mean.getValue().asDouble(), scores.path(key).asDouble(), 1e-12, key);
            });
  }

  private Path export(Task task, JsonNode docs) {
    List<AnsweredTask.Item> items = new ArrayList<>();
    for (int i = 0; i < task.items().size(); i++) {
      TaskItem item = task.items().get(i);
      List<TaskRequest> requests = item.requests(NONE);
      List<TaskAnswer> answers = MadeUpAnswers.to(requests, docs.get(i));
      items.add(new AnsweredTask.Item(item, requests, ItemSample.of(item, "", List.of(), answers)));
    }
    LmEvalSource source =
        new LmEvalSource(
            "made-up",
            new ModelIdentity("made-up", "0", "none", 0, "float32", "cpu", "the only one", 1),
            0,
            1,
            Optional.empty(),
            "",
            LocalDateTime.of(2026, 1, 2, 3, 4));
    return LmEvalFiles.write(
            folder, source, List.of(task), List.of(new AnsweredTask(task.card(), 0, items)))
        .get(0);
  }

  private static List<JsonNode> lines(Path exported) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file(exported, "samples_"))) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  private static JsonNode results(Path exported) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(file(exported, "results_")));
  }

  private static Path file(Path exported, String start) throws IOException {
    try (Stream<Path> inside = Files.list(exported)) {
      return inside
          .filter(path -> path.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    }
  }
}
