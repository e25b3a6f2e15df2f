package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskGroup;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.eval.files.LmEvalSource;
import org.soft4j.lm.ModelIdentity;

/**
 * A group with a group in it, a tag, and tasks with f1, mcc, bleu, chrf and whole texts: results
 * and samples are those that lm-evaluation-harness writes (tools/golden/group_files.py).
 */
@Tag("slow")
class GroupFilesTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Path files;
  private JsonNode golden;

  @BeforeEach
  void read() throws IOException, URISyntaxException {
    files = Path.of(GroupFilesTest.class.getResource("groups/golden.json").toURI()).getParent();
    golden = MAPPER.readTree(Files.readAllBytes(files.resolve("golden.json")));
  }

  private List<Task> tasks() {
    YamlTasks.Chosen chosen =
        YamlTasks.of(Tasks.none()).choose(List.of(files.resolve("all.yaml").toString()));
    return chosen.names().stream().map(n -> chosen.tasks().open(n, TaskOptions.NONE)).toList();
  }

  @Test
  void theGroupsTasksAreFoundByNameAndByTag() {
    assertEquals(
        List.of("choices", "pairs", "written", "whole"), tasks().stream().map(Task::name).toList());
  }

  @Test
  void aKeyThatStandsTwiceIsTold() {
    assertTrue(
        tasks()
            .get(0)
            .card()
            .deviations()
            .contains("num_fewshot stands twice in choices.yaml, line 6: the last one counts"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"results", "groups"})
  void resultsAreTheHarnesss(String part) throws IOException {
    JsonNode results = MAPPER.readTree(Files.readAllBytes(exported("results_"))).path(part);
    assertEquals(golden.path(part).size(), results.size());
    golden
        .path(part)
        .properties()
        .forEach(task -> same(task.getKey(), task.getValue(), results.path(task.getKey())));
  }

  private static void same(String task, JsonNode expected, JsonNode found) {
    assertEquals(expected.size(), found.size(), task + found);
    for (var entry : expected.properties()) {
      String key = task + " " + entry.getKey();
      JsonNode value = found.path(entry.getKey());
      if (!entry.getValue().isFloatingPointNumber()) {
        assertEquals(entry.getValue(), value, key);
        continue;
      }
      // The golden has 1,000 replicates for f1 and mcc, and ours the harness's usual 100,000.
      boolean drawn = entry.getKey().matches("(f1|mcc)_stderr.*");
      assertEquals(entry.getValue().asDouble(), value.asDouble(), drawn ? 0.02 : 1e-9, key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"group_subtasks", "versions", "n-shot", "higher_is_better", "n-samples"})
  void whatIsSaidOfGroupsAndTasksIsTheHarnesss(String part) throws IOException {
    JsonNode found = MAPPER.readTree(Files.readAllBytes(exported("results_"))).path(part);
    assertEquals(golden.path(part).size(), found.size());
    for (var entry : golden.path(part).properties()) {
      JsonNode value = found.path(entry.getKey());
      if (entry.getValue().isNumber()) {
        assertEquals(entry.getValue().asDouble(), value.asDouble(), entry.getKey());
      } else {
        assertEquals(entry.getValue(), value, entry.getKey());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairs", "choices", "written", "whole"})
  void samplesAreTheHarnesss(String task) throws IOException {
    List<String> lines = Files.readAllLines(exported("samples_" + task));
    JsonNode expected = golden.path("samples").path(task);
    assertEquals(expected.size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = MAPPER.readTree(lines.get(i));
      for (String digest : List.of("doc_hash", "prompt_hash", "target_hash", "filter")) {
        assertEquals(expected.get(i).path(digest), line.path(digest), digest);
      }
      for (JsonNode metric : expected.get(i).path("metrics")) {
        JsonNode wanted = expected.get(i).path(metric.asText());
        JsonNode value = line.path(metric.asText());
        if (wanted.isNumber()) {
          assertEquals(wanted.asDouble(), value.asDouble(), metric.asText());
        } else {
          assertEquals(wanted, value, metric.asText());
        }
      }
    }
  }

  /** The harness takes the mean over the tasks that have a metric, and says so in its log. */
  @Test
  void aMeanOverFewerTasksThanTheGroupNamesIsTold() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "q,a\nx,1\ny,0\n");
    String task =
        """
        dataset_path: csv
        dataset_kwargs: {data_files: {test: rows.csv}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: q
        doc_to_choice: [no_, yes_]
        doc_to_target: a
        """;
    Files.writeString(folder.resolve("a.yaml"), "task: a\nmetric_list: [{metric: acc}]\n" + task);
    Files.writeString(
        folder.resolve("b.yaml"), "task: b\nmetric_list: [{metric: exact_match}]\n" + task);
    Path group = folder.resolve("group.yaml");
    Files.writeString(
        group,
        "group: both\ntask: [a, b]\naggregate_metric_list: [{metric: acc}, {metric: mcc}]\n");
    YamlTasks.Chosen chosen = YamlTasks.of(Tasks.none()).choose(List.of(group.toString()));
    List<Task> tasks =
        chosen.names().stream().map(n -> chosen.tasks().open(n, TaskOptions.NONE)).toList();
    TaskEvaluation evaluation =
        new TaskEvaluation(
            tasks,
            new EvaluationSettings(List.of(0), Map.of(), false, 512, 16, 1, AnswerRules.AS_WRITTEN),
            List.of(),
            ContextForm.of(ContextTemplate.MICRO),
            TaskEvaluation.Listener.SILENT);
    List<Task> noted = evaluation.tasks();
    assertEquals(
        List.of(
            "both acc is of 1 of 2 tasks; it is missing in b",
            "both has no mcc: none of its 2 tasks has it"),
        noted.get(0).card().deviations());
    assertEquals(List.of(), noted.get(1).card().deviations());
    Measurement acc = new Measurement(0, "a", 0, "acc", 0.5, 0.1, 2, 0.5);
    assertEquals(0.5, TaskGroup.of(noted).get(0).measure(List.of(acc)).get(0).value());
    assertEquals(List.of(), TaskGroup.untold(noted, List.of(acc))); // the cards say it
    assertEquals(2, TaskGroup.untold(tasks, List.of(acc)).size());
  }

  @Test
  void aMemberThatIsNowhereIsRefusedByFileAndLine() throws IOException {
    Path group = folder.resolve("group.yaml");
    Files.writeString(group, "group: mine\ntask:\n  - nowhere\n");
    UserError refused =
        assertThrows(
            UserError.class, () -> YamlTasks.of(Tasks.none()).choose(List.of(group.toString())));
    assertTrue(refused.getMessage().contains("group.yaml, line 3: task names \"nowhere\""));
    assertTrue(refused.remedy().contains("--include"));
  }

  @Test
  void aGroupWithinItselfIsRefused() throws IOException {
    Path group = folder.resolve("group.yaml");
    Files.writeString(group, "group: mine\ntask:\n  - mine\n");
    UserError refused =
        assertThrows(
            UserError.class, () -> YamlTasks.of(Tasks.none()).choose(List.of(group.toString())));
    assertTrue(refused.getMessage().contains("in a circle"));
  }

  private Path exported(String start) throws IOException {
    List<Task> tasks = tasks();
    List<AnsweredTask> answered = new ArrayList<>();
    for (Task task : tasks) {
      JsonNode samples = golden.path("samples").path(task.name());
      List<AnsweredTask.Item> items = new ArrayList<>();
      for (int i = 0; i < task.items().size(); i++) {
        TaskItem item = task.items().get(i);
        List<TaskRequest> requests = item.requests(NONE);
        ItemSample sample =
            ItemSample.of(
                item, "", List.of(), GoldenAnswers.of(requests, samples.get(i).path("resps")));
        items.add(new AnsweredTask.Item(item, requests, sample));
      }
      answered.add(new AnsweredTask(task.card(), 0, items));
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
    Path out = LmEvalFiles.write(folder, source, tasks, answered).get(0);
    try (Stream<Path> inside = Files.list(out)) {
      return inside.filter(p -> p.getFileName().toString().startsWith(start)).findFirst().get();
    }
  }
}
