package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.kills.CommandProcess;

/** The judge command in a process of its own, killed half-way and started again. */
@Timeout(120)
@Tag("slow")
class KilledJudgingTest {
  private static final String KEY = "sk-a-key-that-nobody-shall-see";
  private static final int CALLS = 20;

  @TempDir Path folder;

  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));

  @Test
  void aKilledJudgingEndsWithTheSameBytesAndMakesNoCallTwice() throws Exception {
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    JudgeProcess.writeAnswers(folder, data, CALLS);
    try (JudgeServer server = new JudgeServer()) {
      server.allow(7);
      CommandProcess killed = start(server, "killed");
      Path cache = folder.resolve("killed/judge_cache.jsonl");
      while (lines(cache) < 7) {
        assertTrue(killed.alive(), () -> printed("killed"));
        Thread.sleep(10);
      }
      killed.kill();
      assertFalse(Files.exists(folder.resolve("killed/model_judgment")), "nothing was finished");

      // The calls that were under way wait in the server; they are answered to nobody.
      server.answered.clear();
      try (JudgeServer other = new JudgeServer()) {
        other.allow(CALLS);
        assertEquals(0, start(other, "undisturbed").end(), () -> printed("undisturbed"));
        assertEquals(CALLS, other.answered.size());
      }
      server.allow(1000);
      assertEquals(0, start(server, "killed").end(), () -> printed("killed"));
      assertTrue(
          printed("killed").contains("%s calls made, 7 replies were known".formatted(CALLS - 7)),
          () -> printed("killed"));
      assertTrue(
          server.keys.stream().allMatch(("Bearer " + KEY)::equals), "the server got the key");
    }
    assertEquals(files("undisturbed"), files("killed"));
    JudgeProcess.assertNowhere(folder, KEY);
  }

  private CommandProcess start(JudgeServer server, String out) throws IOException {
    return JudgeProcess.start(folder, server.address(), KEY, out);
  }

  private String printed(String out) {
    try {
      return Files.readString(folder.resolve(out + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }

  /**
   * Bytes of every file but the lock and the cache, whose lines stand in the order of the replies.
   * The judge's digest holds its port, which is not the same.
   */
  private Map<String, String> files(String out) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve(out))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.resolve(out).relativize(path).toString();
        if (!name.equals("judge_cache.jsonl") && !name.endsWith(".lock")) {
          String text = Files.readString(path);
          texts.put(name, text.replaceAll("\"judge_digest\" : \"\\w+\"", ""));
        }
      }
    }
    assertEquals(2, texts.size(), texts.keySet()::toString);
    return texts;
  }
}
