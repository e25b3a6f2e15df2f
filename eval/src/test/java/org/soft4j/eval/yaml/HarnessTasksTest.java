package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.lm.template.TextTemplate;

/**
 * Thirteen of lm-evaluation-harness's own task files, unchanged: every context, continuation and
 * score is the harness's, on rows and a model that are made up (tools/golden/yaml_tasks.py).
 */
class HarnessTasksTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  @TempDir Path folder;

  static Stream<JsonNode> runs() throws IOException {
    return StreamSupport.stream(HarnessFiles.golden().path("runs").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void promptsAndScoresAreTheHarnesss(JsonNode run) {
    Task task = HarnessFiles.open(run);
    assertEquals(run.path("docs").size(), task.items().size());
    for (int i = 0; i < task.items().size(); i++) {
      JsonNode doc = run.path("docs").get(i);
      TaskItem item = task.items().get(i);
      List<TaskAnswer> answers = MadeUpAnswers.to(item.requests(NONE), doc);
      Map<String, Double> metrics = item.grade(answers).metrics();
      doc.path("metrics")
          .properties()
          .forEach(e -> assertEquals(e.getValue().asDouble(), metrics.get(e.getKey()), item.id()));
      assertEquals(doc.path("metrics").size(), metrics.size());
    }
  }

  static Stream<JsonNode> templates() throws IOException {
    return StreamSupport.stream(HarnessFiles.golden().path("templates").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void templatesGiveWhatJinja2Gives(JsonNode expected) throws IOException {
    Path file = folder.resolve("row.jsonl");
    Files.writeString(file, HarnessFiles.golden().path("row").toString());
    Row row = RowFiles.read(file).get(0);
    assertEquals(
        expected.path("text").asText(),
        new TextTemplate(expected.path("template").asText()).render(row.values()).text());
  }

  @Test
  void moreShotsTakeMoreOfTheTasksOwnExamples() {
    TaskItem item = HarnessFiles.open("gsm8k", Map.of()).items().get(0);
    assertEquals(5, item.document().demonstrations(0)); // num_fewshot: 5
    assertEquals(2, item.document().demonstrations(2)); // --shots 2
  }

  @Test
  void theCardSaysWhatOneMustKnow() {
    Task task = HarnessFiles.open("arc_challenge", Map.of());
    assertEquals("1.0", task.card().version()); // from the included arc_easy.yaml
    assertEquals("6 rows of test.jsonl (test)", task.card().split());
    assertEquals(0.25, task.card().metrics().get(0).chance()); // one of four choices
    assertTrue(task.card().deviations().get(0).startsWith("ignored in the task file: doc_to_"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hellaswag      | hellaswag.yaml, line 10: process_docs is Python code (!function"
            + " utils.process_docs), which is not run: there is no utils.py beside the task file to"
            + " know it by.",
        "winogrande     | winogrande.yaml, line 7: doc_to_text is Python code (!function"
            + " preprocess_winogrande.doc_to_text), which is not run: there is no"
            + " preprocess_winogrande.py beside the task file to know it by.",
        "squadv2        | squadv2.yaml, line 2: class is Python code (!function task.SQuAD2), which"
            + " is not run: there is no task.py beside the task file to know it by.",
        "webqs          | webqs.yaml, line 11: doc_to_target is Python code (!function"
            + " utils.doc_to_target), which is not run: there is no utils.py beside the task file to"
            + " know it by."
      })
  void whatNeedsPythonIsRefusedByTheNameOfTheField(String task, String message) {
    UserError error = assertThrows(UserError.class, () -> YamlTask.read(HarnessFiles.file(task)));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }
}
