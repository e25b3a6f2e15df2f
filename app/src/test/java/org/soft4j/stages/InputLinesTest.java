package org.soft4j.stages;

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
import org.soft4j.core.UserError;

/** What generate and score read: as editors and spreadsheets save it. */
class InputLinesTest {
  @TempDir Path folder;

  private List<InputLines.Line> read(String text) throws IOException {
    List<InputLines.Line> lines = new ArrayList<>();
    InputLines.read(Files.writeString(folder.resolve("in.jsonl"), text), lines::add);
    return lines;
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsPassedOver() throws IOException {
    List<InputLines.Line> lines =
        read("\ufeff{\"prompt\": \"a\"}\r\n\r\n{\"prompt\": \"\ufeffb\"}\r\n");
    assertEquals(List.of(1, 3), lines.stream().map(InputLines.Line::number).toList());
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
  void aFileOfAMarkAloneHoldsNoLine() {
    UserError refused = assertThrows(UserError.class, () -> read("\ufeff\n"));
    assertTrue(refused.getMessage().endsWith("holds no line."), refused.getMessage());
  }
}
