package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.notebooks.Prelude;

/** Every page cell by cell in JShell, so that a fault is found where there is no Jupyter too. */
@Tag("slow")
class ShellPagesTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCellRuns() {
    return Pages.files().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> run(file)));
  }

  private void run(Path file) {
    NotebookFile page = NotebookFile.read(file);
    assumeTrue(Pages.inCi(page), "runs on demand, by ./soft4j notebook run");
    runAll(
        Pages.code(Pages.small(page, folder.resolve(file.getFileName()))).stream()
            .map(NotebookFile::source)
            .toList());
  }

  @Test
  void theCellThatTheDocumentationShowsRuns() throws IOException {
    String text = Files.readString(Path.of("..", "..", "docs", "notebooks.md"));
    List<String> cells =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(text)
            .results()
            .map(block -> block.group(1).replace("first(100)", "first(8)"))
            .toList();
    assertFalse(cells.isEmpty(), "docs/notebooks.md shows no cell");
    runAll(cells);
  }

  private static void runAll(List<String> cells) {
    try (Shell shell = new Shell()) {
      Prelude.snippets("org.soft4j.lab.Labs.Listener.SILENT", "System.out.println(value)")
          .forEach(shell::run);
      cells.forEach(shell::run);
      shell.run("labs.close();");
    }
  }
}
