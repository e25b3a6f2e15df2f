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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.eval.yaml.functions.TaskFunctions;

/**
 * Task files of lm-evaluation-harness that name Python functions: every context, continuation and
 * score is what the harness's own functions give (tools/golden/task_functions.py).
 */
class TaskFunctionsTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  @TempDir Path folder;

  static Stream<JsonNode> runs() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(functions("golden.json").toFile());
    return StreamSupport.stream(golden.path("runs").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void promptsAndScoresAreTheHarnesss(JsonNode run) throws IOException {
    Task task = open(run);
    assertEquals(run.path("docs").size(), task.items().size());
    for (int i = 0; i < task.items().size(); i++) {
      JsonNode doc = run.path("docs").get(i);
      TaskItem item = task.items().get(i);
      List<TaskAnswer> answers = MadeUpAnswers.to(item.requests(NONE), doc);
      Map<String, Double> metrics = item.grade(answers).metrics();
      for (Map.Entry<String, JsonNode> metric : doc.path("metrics").properties()) {
        double value = metrics.getOrDefault(metric.getKey(), Double.NaN);
        assertEquals(metric.getValue().asDouble(), value, 1e-9, item.id() + metric.getKey());
      }
      assertEquals(doc.path("metrics").size(), metrics.size());
    }
  }

  /**
   * The harness's own values tell: BLEU and ROUGE reach from 0 to 100 and are shown as they are.
   */
  @ParameterizedTest
  @MethodSource("runs")
  void whatIsNoShareIsNotShownInPoints(JsonNode run) throws IOException {
    Task task = open(run);
    for (JsonNode doc : run.path("docs")) {
      for (Map.Entry<String, JsonNode> metric : doc.path("metrics").properties()) {
        double value = metric.getValue().asDouble();
        boolean share =
            task.card().metrics().stream()
                .filter(card -> card.name().equals(metric.getKey()))
                .findFirst()
                .orElseThrow()
                .share();
        assertTrue(!share || value >= 0 && value <= 1, metric.getKey() + " " + value);
      }
    }
  }

  @Test
  void anotherSourceIsAnotherFunction() throws IOException {
    Files.copy(functions("hellaswag/hellaswag.yaml"), folder.resolve("hellaswag.yaml"));
    String source = Files.readString(functions("hellaswag/utils.py"));
    Files.writeString(folder.resolve("utils.py"), source.replace("\n", "\r\n"));
    assertEquals("hellaswag", YamlTask.read(folder.resolve("hellaswag.yaml")).name());
    Files.writeString(folder.resolve("utils.py"), source.replace("ctx_b", "ctx_a"));
    UserError error =
        assertThrows(UserError.class, () -> YamlTask.read(folder.resolve("hellaswag.yaml")));
    assertTrue(
        error
            .getMessage()
            .contains(
                "line 10: process_docs is Python code (!function"
                    + " utils.process_docs), which is not run: utils.py (sha256 "),
        error.getMessage());
  }

  @Test
  void aKnownModuleIsRefusedWhereItIsNotInJava() throws IOException {
    Files.copy(functions("bbh/zeroshot/utils.py"), folder.resolve("utils.py"));
    Path file = folder.resolve("t.yaml");
    Files.writeString(
        file,
        """
        task: t
        dataset_path: SaylorTwift/bbh
        test_split: test
        doc_to_text: input
        doc_to_target: target
        filter_list:
          - name: x
            filter:
              - function: !function utils.ExtendedRegexFilter
              - function: take_first
        """);
    UserError error = assertThrows(UserError.class, () -> YamlTask.read(file));
    assertTrue(
        error.getMessage().contains("utils.py is known, but this part of it is not in Java"),
        error.getMessage());
  }

  /**
   * What word2number refuses, and stops the harness, is no answer (tools/golden/number_words.py).
   */
  @Test
  void numbersInWordsAreReadAsTheHarnessReadsThem() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(functions("../numbers.json").toFile());
    TaskFunction.Extraction filter =
        numbers(Map.of("regex_pattern", "([-0-9]+)", "group_select", -1L));
    List<String> different = new ArrayList<>();
    for (JsonNode one : cases) {
      String expected = one.get(1).isNull() ? "[invalid]" : one.get(1).asText();
      String found = filter.of(one.get(0).asText(), Map.of());
      if (!expected.equals(found)) {
        different.add("%s: %s, not %s".formatted(one.get(0), found, expected));
      }
    }
    assertEquals(List.of(), different);
  }

  private static TaskFunction.Extraction numbers(Map<String, Object> options) {
    try {
      return ((TaskFunction.Filter)
              TaskFunctions.find(functions("bbh/zeroshot/t.yaml"), "utils.NumberParseRegexFilter"))
          .with(options);
    } catch (TaskFunctions.Unknown e) {
      throw new AssertionError(e);
    }
  }

  private static Task open(JsonNode run) throws IOException {
    String name = run.path("task").asText();
    Map<String, String> options = new HashMap<>(Map.of(name + ".examples", "harness"));
    if (!run.path("shots").isNull()) {
      options.put(name + ".num_fewshot", run.path("shots").asText());
    }
    return YamlTask.read(file(functions(run.path("file").asText()), name))
        .open(new TaskOptions(Optional.of(functions("data")), options));
  }

  /** The file that defines a task, whatever it is called. */
  private static Path file(Path folder, String task) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> YamlFile.read(file).get("task").text().equals(task))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path functions(String name) {
    try {
      return Path.of(TaskFunctionsTest.class.getResource("functions/golden.json").toURI())
          .resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
