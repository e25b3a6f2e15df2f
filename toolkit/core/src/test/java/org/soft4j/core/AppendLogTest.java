package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that were added are there again; whatever a kill cut is not, wherever it cut. */
class AppendLogTest {
  private static final List<String> LINES = List.of("{\"a\":\"é\"}", "", "two\rtwo", "漢字");

  @TempDir Path folder;

  @Test
  void whatWasAddedIsFound() {
    Path file = folder.resolve("made/log.jsonl");
    AppendLog log = AppendLog.open(file);
    log.add(LINES.subList(0, 2));
    LINES.subList(2, 4).forEach(log::add);
    assertEquals(LINES, AppendLog.open(file).found());
  }

  @Test
  void theFirstLineMakesTheFile() {
    Path file = folder.resolve("log");
    AppendLog.open(file).add(List.of());
    assertFalse(Files.exists(file));
  }

  /** At every byte, in the middle of a character too. */
  @Test
  void aCutLineIsTakenAway() throws IOException {
    byte[] whole = (String.join("\n", LINES) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] left = Arrays.copyOf(whole, cut);
      int end = cut;
      while (end > 0 && left[end - 1] != '\n') {
        end--;
      }
      Path file = Files.write(folder.resolve("cut"), left);
      AppendLog log = AppendLog.open(file);
      assertArrayEquals(Arrays.copyOf(whole, end), Files.readAllBytes(file));
      assertEquals(LINES.subList(0, log.found().size()), log.found());
      log.add("next");
      assertEquals("next", AppendLog.open(file).found().get(log.found().size()));
    }
  }

  @Test
  void linesBehindAWholeChunkAreTakenAway() throws IOException {
    Path file = folder.resolve("log");
    AppendLog.open(file).add(LINES);
    assertEquals(LINES.subList(0, 3), AppendLog.open(file).keep(3).found());
    assertEquals(String.join("\n", LINES.subList(0, 3)) + "\n", Files.readString(file));
  }
}
