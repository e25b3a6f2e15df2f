package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What readers of the repository see without running anything. */
class CommittedPagesTest {
  private static final int LONGEST_LINE = 118;
  private static final String PICTURE = "\"image/png\":";
  private static final Pattern OBJECT_ID = Pattern.compile("\\w@[0-9a-f]{6,8}\\b");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w<])/(home|work|tmp|root|Users)/");

  private static Stream<DynamicTest> each(java.util.function.Consumer<NotebookFile> claim) {
    return Pages.files().stream()
        .map(file -> dynamicTest(name(file), () -> claim.accept(NotebookFile.read(file))));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @TestFactory
  Stream<DynamicTest> everyPageWasExecutedFromTopToBottomWithoutAnError() {
    return each(
        page -> {
          List<JsonNode> cells = Pages.code(page);
          for (int i = 0; i < cells.size(); i++) {
            String source = NotebookFile.source(cells.get(i));
            assertEquals(i + 1, cells.get(i).path("execution_count").asInt(), source);
            for (JsonNode output : cells.get(i).path("outputs")) {
              assertFalse(output.path("output_type").asText().equals("error"), output::toString);
              assertFalse(output.path("name").asText().equals("stderr"), output::toString);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyPageShowsATableAndAFigureAndNoObjectIdOrPathOfSomeMachine() {
    return each(
        page -> {
          String text = outputs(page);
          assertTrue(text.contains("<table"), "no table");
          assertTrue(text.contains(PICTURE), "no figure");
          assertFalse(OBJECT_ID.matcher(text).find(), text);
          assertFalse(text.contains(System.getProperty("user.home")), text);
          assertFalse(MACHINE_PATH.matcher(text).find(), text);
        });
  }

  /** Longer lines are cut off on a page that is 1280 pixels wide. */
  @TestFactory
  Stream<DynamicTest> noLineOfCodeIsTooLongToBeReadWhole() {
    return each(
        page ->
            Pages.code(page).stream()
                .flatMap(cell -> NotebookFile.source(cell).lines())
                .forEach(line -> assertTrue(line.length() <= LONGEST_LINE, line)));
  }

  /** All outputs as text, pictures left empty. */
  static String outputs(NotebookFile page) {
    StringBuilder shown = new StringBuilder();
    Pages.code(page).forEach(cell -> shown.append(cell.path("outputs")));
    return shown.toString().replaceAll(PICTURE + "\"[^\"]*\"", PICTURE + "\"\"");
  }

  @TestFactory
  Stream<DynamicTest> everyPageSaysWhatIsLearnedHowLongItTakesAndWhatToTryNext() {
    return each(
        page -> {
          String first = NotebookFile.source(page.page().at("/cells/0"));
          JsonNode cells = page.page().get("cells");
          String last = NotebookFile.source(cells.get(cells.size() - 1));
          assertTrue(first.contains("You will learn"), first);
          assertTrue(first.contains("It takes"), first);
          assertTrue(last.contains("What to try next"), last);
          assertEquals("soft4j", page.page().at("/metadata/kernelspec/name").asText());
        });
  }
}
