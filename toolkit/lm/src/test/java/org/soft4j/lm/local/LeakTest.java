package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.soft4j.lm.ScoreRequest;

/** Native memory does not grow from call to call. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
@Tag("slow")
class LeakTest {
  private static final long ALLOWED_KIB = 24 * 1024;

  @Test
  void residentMemoryIsFlatOverTwoThousandCalls() throws IOException {
    try (LocalModel model = Golden.open("llama-tied")) {
      call(model, 0, 500); // fills the allocator's arenas and compiles the Java
      long before = resident();
      call(model, 500, 2_000);
      long grown = resident() - before;
      assertTrue(grown < ALLOWED_KIB, "resident memory grew by " + grown + " KiB");
    }
  }

  private static void call(LocalModel model, int from, int to) {
    for (int i = from; i < to; i++) {
      String context = "The sun rises in the east ".repeat(1 + i % 5);
      model.generate(List.of(Golden.greedy(context, 1 + i % 8), Golden.greedy("Paris", 3)));
      if (i % 4 == 0) {
        model.score(List.of(new ScoreRequest(context, " and sets")));
      }
    }
  }

  private static long resident() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
