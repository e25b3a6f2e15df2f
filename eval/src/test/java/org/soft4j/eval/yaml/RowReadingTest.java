package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.yaml.rows.HarnessRows;
import org.soft4j.lm.template.TextTemplate;

/**
 * Rows read the harness's way give the texts that lm-evaluation-harness 0.4.13 over datasets 5.2.0
 * gives (tools/golden/row_typing.py), or are refused; rows read as they stand say where they
 * differ.
 */
class RowReadingTest {
  /**
   * Files of the golden that the loader reads and that are refused: times within lists, numbers
   * beyond 64 bits.
   */
  private static final int REFUSED = 25;

  @TempDir Path folder;

  @Test
  void textsAreTheHarnesssByteForByteOrRefused() throws IOException {
    JsonNode files =
        new ObjectMapper().readTree(RowReadingTest.class.getResourceAsStream("rows.json"));
    int refused = 0;
    List<String> wrong = new ArrayList<>();
    for (JsonNode file : files) {
      JsonNode expected = file.path("columns");
      Path path = write("rows." + file.path("ending").asText(), file.path("text").asText());
      try {
        Map<String, List<String>> columns = texts(RowFiles.harness(path));
        if (expected.isNull() || !new ObjectMapper().valueToTree(columns).equals(expected)) {
          wrong.add(file.path("text") + " gives " + columns + ", not " + expected);
        }
      } catch (IllegalArgumentException | UserError e) {
        refused += expected.isNull() ? 0 : 1;
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(REFUSED, refused, "of " + files.size());
  }

  private static Map<String, List<String>> texts(HarnessRows rows) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (Map<String, Object> row : rows.rows()) {
      for (String column : row.keySet()) {
        String text = new TextTemplate("{{ " + column + " }}").render(row).text();
        columns.computeIfAbsent(column, name -> new ArrayList<>()).add(text);
      }
    }
    return columns;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Cells of a CSV column, what is asked, and what the harness asks (datasets 5.2.0).
        "18 2.5        | 18         | 18.0",
        "1998 ''       | 1998       | 1998.0",
        "+1 2          | +1         | 1",
        "007 1         | 007        | 7",
        "2.50 1.50     | 2.50       | 2.5",
        "NA x          | NA         | None",
      })
  void aCsvTextStandsUnlessTheHarnesssWayIsAskedFor(String cells, String own, String harness)
      throws IOException {
    String rows = "id,c\n1,%s\n2,%s\n".formatted((Object[]) cells.replace("''", "").split(" ", 2));
    Path file = task("csv", rows);
    assertEquals(own + ":", question(file, "text"));
    assertEquals(harness + ":", question(file, "harness"));
    assertTrue(card(file).contains("%s as %s".formatted(own, harness)), card(file));
  }

  @Test
  void aDateInJsonStaysADateUnlessTheHarnesssWayIsAskedFor() throws IOException {
    Path file = task("json", "{\"c\": \"2024-01-02\"}\n{\"c\": \"2024-02-29\"}\n");
    assertEquals("2024-01-02:", question(file, "text"));
    assertEquals("2024-01-02 00:00:00:", question(file, "harness"));
    assertEquals(
        "rows read as they stand; lm-evaluation-harness's loader reads otherwise: c (2024-01-02 as"
            + " 2024-01-02 00:00:00); --option t.rows=harness reads as it does",
        card(file));
  }

  @Test
  void whereBothWaysAreOneNothingIsSaid() throws IOException {
    Path file = task("csv", "id,c\n1,Lima\n2,Paris\n");
    assertEquals("", card(file));
    assertEquals("Lima:", question(file, "harness"));
  }

  @Test
  void faultsAreNamed() throws IOException {
    Path twice = task("csv", "c,c\n1,2\n");
    assertTrue(refusal(twice, "text").contains("duplicate name: \"c\""), refusal(twice, "text"));
    Path dates = task("json", "{\"c\": [\"2024-01-02\"]}\n");
    assertTrue(refusal(dates, "harness").contains("column \"c\": texts within it that are times"));
    assertTrue(refusal(dates, "no").contains("t.rows is \"no\""), refusal(dates, "no"));
    Path huge = task("json", "{\"c\": 1e400}\n");
    assertTrue(refusal(huge, "text").contains("line 1: a number is too big for 64 bits"));
    write("list.json", "[{\"c\": 1, \"c\": 2}]");
    assertThrows(UserError.class, () -> RowFiles.read(folder.resolve("list.json")));
  }

  /** The loader takes the types of the first split for all (datasets 5.2.0 casts the others). */
  @Test
  void splitsOfOtherTypesAreRefused() throws IOException {
    Path file = task("json", "{\"c\": 18}\n");
    write("train.jsonl", "{\"c\": 2.5}\n");
    Files.writeString(file, Files.readString(file).replace("{test:", "{train: train.jsonl, test:"));
    assertTrue(refusal(file, "harness").contains("of other types than those of train.jsonl"));
    assertEquals("18:", question(file, "text"));
  }

  private Path task(String kind, String rows) throws IOException {
    String name = kind.equals("csv") ? "rows.csv" : "rows.jsonl";
    write(name, rows);
    return write(
        "t.yaml",
        """
        task: t
        dataset_path: %s
        dataset_kwargs: {data_files: {test: %s}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: "{{c}}:"
        doc_to_choice: [a, b]
        doc_to_target: 0
        """
            .formatted(kind, name));
  }

  private static Task open(Path file, String way) {
    return YamlTask.read(file).open(new TaskOptions(Optional.empty(), Map.of("t.rows", way)));
  }

  private static String question(Path file, String way) {
    return open(file, way).items().get(0).question();
  }

  private static String card(Path file) {
    return String.join("; ", open(file, "text").card().deviations());
  }

  private static String refusal(Path file, String way) {
    return assertThrows(UserError.class, () -> open(file, way)).getMessage();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
