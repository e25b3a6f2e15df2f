package org.soft4j.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.ProcessLock;

class SpeedTest {
  @TempDir Path work;

  /** Two programs would measure each other, and both add to results.jsonl. */
  @Test
  void aProgramHasItsFolderToItself() throws IOException {
    Files.writeString(work.resolve("results.jsonl"), "");
    String[] words = {
      "best", "--work", work.toString(), "--figure", "labelling", "--dtype", "float32"
    };
    ProcessLock held =
        CompletableFuture.supplyAsync(() -> ProcessLock.folder(work, "--work")).join();
    try {
      assertEquals(2, Speed.run(words));
      assertTrue(Files.exists(work.resolve(".lock")));
    } finally {
      held.close();
    }
    // Nothing was measured, which is said now that the folder is free.
    assertEquals(2, Speed.run(words));
  }
}
