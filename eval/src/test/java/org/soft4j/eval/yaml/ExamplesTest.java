package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;

/**
 * No row stands among its own examples, where its answer would be read off; the harness's way, in
 * which it does, is there by option (HarnessTasksTest compares those prompts with the harness's).
 */
class ExamplesTest {
  private static final Shots NONE = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  @TempDir Path folder;

  /** In lm-evaluation-harness 0.4.13 these splits, named so, leave the row in. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validation_split: rows | fewshot_split: rows | default",
        "test_split: rows       |                     | default",
        "validation_split: rows | fewshot_split: rows | first_n",
      })
  void aRowIsNotItsOwnExample(String evaluated, String pool, String sampler) throws IOException {
    Path file = task(evaluated, pool == null ? "" : pool, sampler, 4);
    int held = 0;
    for (TaskItem item : open(file, "harness").items()) {
      held += answered(item) ? 1 : 0;
    }
    assertTrue(held > 0, "the harness's way holds the row in some");
    for (TaskItem item : open(file, "apart").items()) {
      assertFalse(answered(item), context(item));
      assertEquals(4, context(item).split("A: answer").length - 1);
    }
    String note = "%s of 8 rows would be among their own examples".formatted(held);
    assertTrue(card(file, "apart").contains(note), card(file, "apart"));
    assertTrue(card(file, "harness").contains(held + " of 8 rows are among their own examples"));
  }

  @Test
  void otherRowsHaveTheHarnesssExamples() throws IOException {
    Path file = task("test_split: rows", "", "default", 2);
    List<TaskItem> harness = open(file, "harness").items();
    List<TaskItem> apart = open(file, "apart").items();
    for (int i = 0; i < harness.size(); i++) {
      assertEquals(
          !answered(harness.get(i)), context(harness.get(i)).equals(context(apart.get(i))));
    }
  }

  @Test
  void aRowThatAsksAndAnswersTheSameCountsAsTheRow() throws IOException {
    write("rows.jsonl", "{\"id\": \"01\", \"q\": \"same\", \"a\": \"x\"}\n");
    write(
        "pool.jsonl",
        "{\"id\": \"1\", \"q\": \"same\", \"a\": \"x\"}\n"
            + "{\"id\": \"2\", \"q\": \"same\", \"a\": \"y\"}\n");
    String own = yaml("test_split: rows", "fewshot_split: pool", "first_n", 1);
    Path file = write("t.yaml", own.replace("rows.jsonl}", "rows.jsonl, pool: pool.jsonl}"));
    assertEquals("Q: same\nA: y\n\nQ: same\nA:", context(open(file, "apart").items().get(0)));
    assertEquals("Q: same\nA: x\n\nQ: same\nA:", context(open(file, "harness").items().get(0)));
  }

  @Test
  void aPoolWithoutFurtherRowsGivesFewer() throws IOException {
    Path file = task("test_split: rows", "", "default", 8);
    for (TaskItem item : open(file, "apart").items()) {
      assertEquals(7, context(item).split("A: answer").length - 1);
    }
    assertTrue(
        card(file, "apart").contains("8 of 8 rows have fewer than 8 examples"),
        card(file, "apart"));
  }

  /** --shots K asks for other examples than the task file, of which its card knows nothing. */
  @Test
  void shotsThatAreAskedForAreToldToo() throws IOException {
    Path file = task("test_split: rows", "", "default", 2);
    TaskItem item = open(file, "apart").items().get(0);
    assertEquals(List.of(), item.document().notes(2));
    assertEquals(
        List.of(
            "8-shot: 8 of 8 rows would be among their own examples; others stand there; --option"
                + " t.examples=harness keeps them as lm-evaluation-harness does",
            "8-shot: 8 of 8 rows have fewer than 8 examples: their split has no others"),
        item.document().notes(8));
  }

  /**
   * lm_eval 0.4.13, evaluator.py: a task whose file says num_fewshot: 0 stays without examples
   * under --num_fewshot 2, with a line at level INFO; one that says nothing, or 5, gets two.
   */
  @ParameterizedTest
  @CsvSource({"num_fewshot: 0, true", "num_fewshot: 5, false", "'', false"})
  void aFileThatAsksForNoExamplesHasOthersThanTheHarness(String line, boolean told)
      throws IOException {
    String yaml = Files.readString(task("test_split: rows", "fewshot_split: pool", "first_n", 1));
    write("pool.jsonl", "{\"q\": \"1\", \"a\": \"x\"}\n{\"q\": \"2\", \"a\": \"y\"}\n");
    yaml =
        yaml.replaceAll("(?m)^num_fewshot: .*$", line)
            .replace("rows.jsonl}", "rows.jsonl, pool: pool.jsonl}");
    TaskItem item = open(write("t.yaml", yaml), "apart").items().get(0);
    assertEquals(2, item.document().demonstrations(2));
    String note = "2-shot: num_fewshot is 0 in the task file";
    assertEquals(told, item.document().notes(2).stream().anyMatch(text -> text.startsWith(note)));
    assertEquals(List.of(), item.document().notes(0));
  }

  @Test
  void anUnknownWayIsRefused() throws IOException {
    Path file = task("test_split: rows", "", "default", 2);
    UserError error = assertThrows(UserError.class, () -> open(file, "own"));
    assertTrue(error.getMessage().contains("t.examples is \"own\""), error.getMessage());
  }

  private static boolean answered(TaskItem item) {
    return context(item).contains(item.question() + " answer");
  }

  private static String context(TaskItem item) {
    return item.requests(NONE).get(0).context();
  }

  private static String card(Path file, String way) {
    return String.join("; ", open(file, way).card().deviations());
  }

  private static Task open(Path file, String way) {
    return YamlTask.read(file).open(new TaskOptions(Optional.empty(), Map.of("t.examples", way)));
  }

  private Path task(String evaluated, String pool, String sampler, int count) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(
          "{\"id\": \"%s\", \"q\": \"question %s?\", \"a\": \"answer %s\"}%n".formatted(i, i, i));
    }
    write("rows.jsonl", rows.toString());
    return write("t.yaml", yaml(evaluated, pool, sampler, count));
  }

  private static String yaml(String evaluated, String pool, String sampler, int count) {
    return """
    task: t
    dataset_path: json
    dataset_kwargs: {data_files: {rows: rows.jsonl}}
    %s
    %s
    fewshot_config: {sampler: %s}
    num_fewshot: %s
    output_type: generate_until
    doc_to_text: "Q: {{q}}\\nA:"
    doc_to_target: a
    """
        .formatted(evaluated, pool, sampler, count);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
