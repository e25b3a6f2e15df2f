package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.LockWait;
import org.soft4j.core.ProcessLock;
import picocli.CommandLine;

class NotebookLocksTest {
  @TempDir Path temp;

  @Test
  void aNotebookIsWrittenByOneAtATime() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("in.ipynb"), "{\"cells\": [], \"nbformat\": 4, \"nbformat_minor\": 5}");
    Path out = temp.resolve("out.ipynb");
    ProcessLock held =
        CompletableFuture.supplyAsync(() -> ProcessLock.file(out, "--out", LockWait.NONE)).join();
    try {
      List<String> said = refused("run", file.toString(), "--out", out.toString());
      assertTrue(said.get(0).startsWith(out + " is in use by other work"), said::toString);
      assertFalse(Files.exists(out));
    } finally {
      held.close();
    }
  }

  private static List<String> refused(String... words) {
    List<String> said = new ArrayList<>();
    CommandLine line =
        new CommandLine(new NotebookCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  said.add(failure.getMessage());
                  return 2;
                });
    assertEquals(2, line.execute(words));
    return said;
  }
}
