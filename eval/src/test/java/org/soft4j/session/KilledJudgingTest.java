package org.soft4j.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.files.FastChatAnswers;
import org.soft4j.eval.judge.files.FastChatQuestions;
import org.soft4j.eval.judge.files.JudgeData;

/** The judge command in a process of its own, killed half-way and started again. */
@Timeout(120)
class KilledJudgingTest {
  private static final String KEY = "sk-a-key-that-nobody-shall-see";
  private static final int CALLS = 20;

  @TempDir Path folder;

  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));

  @Test
  void aKilledJudgingEndsWithTheSameBytesAndMakesNoCallTwice() throws Exception {
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    answers();
    try (JudgeServer server = new JudgeServer()) {
      server.allow(7);
      Process killed = start(server, "killed");
      Path cache = folder.resolve("killed/judge_cache.jsonl");
      while (lines(cache) < 7) {
        assertTrue(killed.isAlive(), () -> printed("killed"));
        Thread.sleep(10);
      }
      killed.destroyForcibly().waitFor();
      assertFalse(Files.exists(folder.resolve("killed/model_judgment")), "nothing was finished");

      // The calls that were under way wait in the server; they are answered to nobody.
      server.answered.clear();
      try (JudgeServer other = new JudgeServer()) {
        other.allow(CALLS);
        assertEquals(0, start(other, "undisturbed").waitFor(), () -> printed("undisturbed"));
        assertEquals(CALLS, other.answered.size());
      }
      server.allow(1000);
      assertEquals(0, start(server, "killed").waitFor(), () -> printed("killed"));
      assertTrue(
          printed("killed").contains("%d calls made, 7 replies were known".formatted(CALLS - 7)),
          () -> printed("killed"));
      assertTrue(
          server.keys.stream().allMatch(("Bearer " + KEY)::equals), "the server got the key");
    }
    assertEquals(files("undisturbed"), files("killed"));
    for (Path file : written()) {
      assertFalse(Files.readString(file).contains(KEY.substring(0, 6)), file + " holds the key");
    }
  }

  /** Twenty answers to the first questions of Vicuna-bench. */
  private void answers() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (FastChatQuestions.Question question :
        new JudgeData(data)
            .questions("vicuna_bench").byId().values().stream().limit(CALLS).toList()) {
      String text = "I do not know, but " + question.id() + " is a fine question.";
      answers.add(
          new JudgedAnswer(
              question.id(), question.category(), question.turns(), List.of(text), "m"));
    }
    FastChatAnswers.write(folder.resolve("answers"), answers);
  }

  private Process start(JudgeServer server, String out) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.soft4j.cli.Main",
                "judge",
                "--answers",
                folder.resolve("answers").toString(),
                "--judge",
                server.address(),
                "--yes",
                "--concurrency",
                "3",
                "--out",
                folder.resolve(out).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(out + ".log").toFile());
    process.environment().put("SOFT4J_API_KEY", KEY);
    return process.start();
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
   * Bytes of every file but the cache, whose lines stand in the order of the replies. The judge's
   * digest holds its port, which is not the same.
   */
  private Map<String, String> files(String out) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve(out))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.resolve(out).relativize(path).toString();
        if (!name.equals("judge_cache.jsonl")) {
          String text = Files.readString(path);
          texts.put(name, text.replaceAll("\"judge_digest\" : \"\\w+\"", ""));
        }
      }
    }
    assertEquals(2, texts.size(), texts.keySet()::toString);
    return texts;
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
