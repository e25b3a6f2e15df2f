package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Grade;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Measurements;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.eval.files.LmEvalSource;
import org.soft4j.lm.ModelIdentity;

/**
 * Several answers a row, filters over them and less used metrics: every score is
 * lm-evaluation-harness 0.4.13's (tools/golden/written_answers.py).
 */
class WrittenAnswersTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  @TempDir Path folder;

  private static JsonNode golden() throws IOException {
    try (InputStream in = WrittenAnswersTest.class.getResourceAsStream("written.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  static Stream<JsonNode> exact() throws IOException {
    return StreamSupport.stream(golden().path("exact").spliterator(), false);
  }

  static Stream<JsonNode> odd() throws IOException {
    return StreamSupport.stream(golden().path("odd").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("exact")
  void rowsAndTasksScoreAsInTheHarness(JsonNode expected) throws Exception {
    Task task = open(expected);
    List<ItemSample> samples = new ArrayList<>();
    for (int i = 0; i < task.items().size(); i++) {
      TaskItem item = task.items().get(i);
      JsonNode doc = expected.path("docs").get(i);
      Grade grade = item.grade(answers(item, doc.path("resps")));
      for (Map.Entry<String, JsonNode> metric : doc.path("metrics").properties()) {
        same(metric.getValue(), grade, metric.getKey());
      }
      assertEquals(doc.path("metrics").size(), grade.metrics().size() + grade.parts().size());
      samples.add(ItemSample.of(item, "", List.of(), answers(item, doc.path("resps"))));
    }
    Map<String, Double> scores =
        Measurements.of(task.card(), 0, 0, samples).stream()
            .collect(Collectors.toMap(Measurement::metric, Measurement::value));
    for (Map.Entry<String, JsonNode> score : expected.path("scores").properties()) {
      assertEquals(score.getValue().asDouble(), scores.get(score.getKey()), 1e-12, score.getKey());
    }
  }

  private static void same(JsonNode expected, Grade grade, String metric) {
    if (expected.isNumber()) {
      assertEquals(expected.asDouble(), grade.metrics().get(metric), metric);
      return;
    }
    List<Object> parts = grade.parts().get(metric);
    assertEquals(expected.get(0).asText(), parts.get(0).toString(), metric);
    if (!expected.get(1).isArray()) {
      assertEquals(expected.get(1).asText(), parts.get(1), metric);
      return;
    }
    for (int i = 0; i < expected.get(1).size(); i++) {
      double probability = (Double) ((List<?>) parts.get(1)).get(i);
      assertEquals(expected.get(1).get(i).asDouble(), probability, 1e-12, metric);
    }
  }

  /** What the harness does with each stands beside it in the golden: it stops, or counts wrong. */
  @ParameterizedTest
  @MethodSource("odd")
  void whatTheHarnessStopsAtOrAlwaysCountsWrongIsRefused(JsonNode odd) {
    assertThrows(UserError.class, () -> open(odd), odd.path("harness").asText());
  }

  @Test
  void repeatedAnswersAreDrawnApartAndGreedyOnesAreAskedOnce() throws Exception {
    Task drawn = named("self_consistency");
    Set<Long> seeds = new HashSet<>();
    Set<TaskRequest> requests = new HashSet<>();
    for (TaskItem item : drawn.items()) {
      for (TaskRequest request : item.requests(NONE)) {
        seeds.add(((TaskRequest.Writing) request).request().seed());
        requests.add(request);
      }
    }
    assertEquals(14 * 9, seeds.size());
    Task greedy = named("no_filter");
    List<TaskRequest> same = greedy.items().get(2).requests(NONE);
    assertEquals(3, same.size());
    assertEquals(1, Set.copyOf(same).size());
    assertEquals(14 * 9, requests.size());
  }

  @Test
  void anAggregationOfTextsIsRefusedForChoices() throws Exception {
    JsonNode words =
        exact().filter(c -> c.path("name").asText().equals("words")).findFirst().orElseThrow();
    ((ObjectNode) words)
        .put(
            "yaml",
            words
                .path("yaml")
                .asText()
                .replace("generate_until", "multiple_choice\ndoc_to_choice: [a, b]")
                .replaceAll("(?s)filter_list:.*?(?=metric_list)", ""));
    UserError refused = assertThrows(UserError.class, () -> open(words));
    assertTrue(
        refused.getMessage().contains("\"f1\" with this aggregation is of texts"),
        refused.getMessage());
  }

  @Test
  void theCardSaysWhatRepeatsDo() throws Exception {
    List<String> drawn = named("self_consistency").card().deviations();
    assertTrue(drawn.contains("9 answers to each row, each drawn anew"), drawn.toString());
    List<String> greedy = named("no_filter").card().deviations();
    assertTrue(greedy.contains("repeats: 3 changes nothing, since nothing is drawn"));
  }

  /** resps and filtered_resps of an exported file are those that the harness logs. */
  @Test
  void repeatedAnswersAreExportedAsTheHarnessLogsThem() throws Exception {
    JsonNode expected =
        exact()
            .filter(c -> c.path("name").asText().equals("self_consistency"))
            .findFirst()
            .orElseThrow();
    Task task = open(expected);
    List<AnsweredTask.Item> items = new ArrayList<>();
    for (int i = 0; i < task.items().size(); i++) {
      TaskItem item = task.items().get(i);
      List<TaskAnswer> answers = answers(item, expected.path("docs").get(i).path("resps"));
      ItemSample sample = ItemSample.of(item, "", List.of(), answers);
      items.add(new AnsweredTask.Item(item, item.requests(NONE), sample));
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
    AnsweredTask answered = new AnsweredTask(task.card(), 0, items);
    Path out = LmEvalFiles.write(folder, source, List.of(task), List.of(answered)).get(0);
    try (Stream<Path> inside = Files.list(out)) {
      Path samples =
          inside.filter(p -> p.getFileName().toString().startsWith("samples_")).findFirst().get();
      int lines = 0;
      for (String text : Files.readAllLines(samples)) {
        JsonNode line = new ObjectMapper().readTree(text);
        JsonNode doc = expected.path("docs").get(line.path("doc_id").asInt());
        assertEquals(doc.path("resps"), line.path("resps"));
        assertEquals(
            doc.path("filtered").path(line.path("filter").asText()), line.path("filtered_resps"));
        lines++;
      }
      assertEquals(3 * 14, lines);
    }
  }

  private Task named(String name) throws Exception {
    return open(exact().filter(c -> c.path("name").asText().equals(name)));
  }

  private Task open(Stream<JsonNode> one) throws Exception {
    return open(one.findFirst().orElseThrow());
  }

  private Task open(JsonNode expected) throws IOException, URISyntaxException {
    String local = "dataset_kwargs: {data_files: {test: rows.jsonl}}\n";
    Files.writeString(folder.resolve("task.yaml"), expected.path("yaml").asText() + local);
    StringBuilder rows = new StringBuilder();
    expected.path("rows").forEach(row -> rows.append(row).append('\n'));
    Files.writeString(folder.resolve("rows.jsonl"), rows);
    if (expected.path("module").isTextual()) {
      Path modules = Path.of(getClass().getResource("functions/golden.json").toURI());
      Path module = modules.resolveSibling(expected.path("module").asText());
      Files.copy(module, folder.resolve("utils.py"));
    }
    return YamlTask.read(folder.resolve("task.yaml"))
        .open(new TaskOptions(Optional.of(folder), Map.of()));
  }

  private static List<TaskAnswer> answers(TaskItem item, JsonNode responses) {
    List<TaskAnswer> answers = new ArrayList<>();
    for (JsonNode response : responses) {
      for (JsonNode one : response) {
        answers.add(
            one.isTextual()
                ? new TaskAnswer.Writing(one.asText(), 1, true)
                : new TaskAnswer.Likelihood(one.get(0).asDouble(), 1, bool(one.get(1))));
      }
    }
    assertEquals(item.requests(NONE).size(), answers.size());
    return answers;
  }

  private static boolean bool(JsonNode value) {
    return value.isBoolean() ? value.asBoolean() : value.asText().equals("True");
  }
}
