package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON Lines as editors and spreadsheets save them. */
class JsonLinesTest {
  @TempDir Path folder;

  private List<JsonLines.Line> read(String text) throws IOException {
    List<JsonLines.Line> lines = new ArrayList<>();
    JsonLines.read(Files.writeString(folder.resolve("in.jsonl"), text), lines::add);
    return lines;
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsPassedOver() throws IOException {
    List<JsonLines.Line> lines =
        read("\ufeff{\"prompt\": \"a\"}\r\n\r\n{\"prompt\": \"\ufeffb\"}\r\n");
    assertEquals(List.of(1, 3), lines.stream().map(JsonLines.Line::number).toList());
    assertEquals("a", lines.get(0).text("prompt"));
    assertEquals("\ufeffb", lines.get(1).text("prompt"), "a text keeps its characters");
  }

  @Test
  void aMarkAnywhereElseIsNoJsonAndIsNamedByLine() {
    UserError refused =
        assertThrows(UserError.class, () -> read("{\"prompt\": \"a\"}\n\ufeff{\"prompt\": \"b\"}"));
    assertTrue(refused.getMessage().contains("line 2, column 1"), refused.getMessage());
  }

  @Test
  void aFileOfAMarkAloneHoldsNoLine() throws IOException {
    assertEquals(List.of(), read("\ufeff\n"));
  }

  @Test
  void aFieldThatIsNoTextIsNamedByLine() throws IOException {
    JsonLines.Line line = read("{\"prompt\": 7}").get(0);
    assertEquals(
        "line 1: \"prompt\" is not a text.", fault(() -> line.text("prompt")).split("jsonl, ")[1]);
    assertEquals(
        "line 1: there is no \"context\".", fault(() -> line.text("context")).split("jsonl, ")[1]);
  }

  @Test
  void aRowOfTooManyValuesIsRefusedByLineAndBound() throws IOException {
    String most = "0,".repeat(BoundedJson.ROW_VALUES - 6);
    assertEquals(1, read("{\"x\": [" + most + "0]}").size());
    String seen = fault(() -> read("{}\n{\"x\": [" + most + "0,0]}"));
    assertTrue(seen.contains("in.jsonl, line 2, column "), seen);
    assertTrue(seen.contains("Token count (1000001) exceeds the maximum allowed (1000000"), seen);
  }

  @Test
  void rowsThatFillTheMemoryAreNamedByTheirFile() throws IOException {
    Path file = Files.writeString(folder.resolve("in.jsonl"), "{}\n{}\n{}\n");
    int[] kept = {0};
    String seen =
        fault(
            () ->
                JsonLines.read(
                    file,
                    line -> {
                      if (++kept[0] == 2) {
                        throw new OutOfMemoryError("as where all rows are kept");
                      }
                    }));
    assertTrue(seen.startsWith(file + ", line 2: the memory is full ("), seen);
  }

  private static String fault(org.junit.jupiter.api.function.Executable reading) {
    return assertThrows(UserError.class, reading).getMessage();
  }
}
