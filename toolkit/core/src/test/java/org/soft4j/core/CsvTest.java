package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one reader of CSV with a header; DuckDB's and pandas' readers give the same cells. */
class CsvTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private void refused(String text, String message) throws IOException {
    Path file = write(text);
    UserError error = assertThrows(UserError.class, () -> Csv.read(file));
    assertTrue(error.getMessage().contains("rows.csv"), error.getMessage());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void aRowKnowsItsCellsAndTheLineItBeginsIn() throws IOException {
    Csv.Table table = Csv.read(write("\ufeffq,a\r\n\"one\ntwo\",\"say \"\"hi\"\"\"\r\n3,\r\n"));
    assertEquals(List.of("q", "a"), table.header());
    assertEquals(Map.of("q", "one\ntwo", "a", "say \"hi\""), table.rows().get(0).cells());
    assertEquals(List.of(2L, 4L), table.rows().stream().map(Csv.Row::line).toList());
    assertEquals("", table.rows().get(1).text("a"));
    assertTrue(Double.isNaN(table.rows().get(1).number("a")), "an empty cell is no number");
    assertEquals(3, table.rows().get(1).whole("q"));
  }

  @Test
  void whatIsNotWellFormedIsRefusedByFileAndLine() throws IOException {
    refused("q,a\n\"1\n2\",3\n4\n", "line 4: 1 columns where the first line names 2");
    refused("q,a,q\n1,2,3\n", "duplicate name: \"q\"");
    refused("q\n\"1\n", "not well-formed CSV");
    refused("q,a\n1,\"2\"x\n", "line: 2");
  }

  @Test
  void aMissingColumnAndAWordForANumberAreNamed() throws IOException {
    Csv.Table table = Csv.read(write("round,value\none,2\n"));
    UserError missing = assertThrows(UserError.class, () -> table.with(List.of("round", "shots")));
    assertTrue(missing.getMessage().contains("[round, value], not all of [round, shots]"));
    UserError word = assertThrows(UserError.class, () -> table.rows().get(0).whole("round"));
    assertTrue(word.getMessage().endsWith("rows.csv, line 2: round is \"one\", no number."));
  }
}
