package org.soft4j.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {
  private static final String FILE = "01-quick-start.ipynb";

  @TempDir Path runs;

  @Test
  void everyCellRunsWithTheImportsThatTheExtensionMakes() throws IOException {
    try (Shell shell = new Shell()) {
      Soft4jExtension.PACKAGES.forEach(name -> shell.run("import " + name + ".*;"));
      for (JsonNode cell : Notebook.named(FILE).smallPage(runs).code()) {
        shell.run(Notebook.source(cell));
      }
    }
    assertTrue(runs.resolve("small/report.html").toFile().isFile());
  }

  @Test
  void theCommittedPageWasExecutedFromTopToBottomWithoutAnError() throws IOException {
    List<JsonNode> cells = Notebook.named(FILE).code();
    for (int i = 0; i < cells.size(); i++) {
      assertEquals(
          i + 1, cells.get(i).path("execution_count").asInt(), Notebook.source(cells.get(i)));
      for (JsonNode output : cells.get(i).path("outputs")) {
        assertFalse(output.path("output_type").asText().equals("error"), output::toString);
        assertFalse(output.path("name").asText().equals("stderr"), output::toString);
      }
    }
  }

  @Test
  void theCommittedPageShowsTablesAndFiguresAndNoObjectIdOrPathOfSomeMachine() throws IOException {
    StringBuilder shown = new StringBuilder();
    Notebook.named(FILE).code().forEach(cell -> shown.append(cell.path("outputs")));
    String pictures = "\"image/png\":";
    String text = shown.toString().replaceAll(pictures + "\"[^\"]*\"", pictures + "\"\"");

    assertTrue(text.contains("\"text/html\""));
    assertTrue(text.contains(pictures));
    assertFalse(Pattern.compile("\\w@[0-9a-f]{6,8}\\b").matcher(text).find(), text);
    assertFalse(text.contains(System.getProperty("user.home")), text);
    assertFalse(
        Pattern.compile("(?<![\\w<])/(home|work|tmp|root|Users)/").matcher(text).find(), text);
  }
}
