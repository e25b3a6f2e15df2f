package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.notebooks.Prelude;

/** Every page cell by cell in JShell, so that a fault is found where there is no Jupyter too. */
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
    try (Shell shell = new Shell()) {
      Prelude.snippets("org.soft4j.lab.Watch.SILENT", "System.out.println(value)")
          .forEach(shell::run);
      for (JsonNode cell : Pages.code(Pages.small(page, folder.resolve("run")))) {
        shell.run(NotebookFile.source(cell));
      }
      shell.run("labs.close();");
    }
  }
}
