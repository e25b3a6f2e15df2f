package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.cli.CommandProcess;
import org.soft4j.core.Json;
import org.soft4j.core.ProcessLock;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.judge.JudgeData;

/**
 * Two judgings of one folder at the same time, each of which pays for its replies. Once 7 of 160
 * were left, and both processes said that all was well.
 */
@Timeout(120)
@Tag("slow")
class TwoJudgesTest {
  private static final int QUESTIONS = 10;
  // Each model's answers once; each pair in both orders.
  private static final int SINGLE = 2 * QUESTIONS;
  private static final int PAIR = 2 * QUESTIONS;

  @TempDir Path folder;

  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));

  @BeforeEach
  void answers() {
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    List<FastChatQuestion> questions =
        new JudgeData(data).questions("vicuna_bench").values().stream().limit(QUESTIONS).toList();
    for (String model : List.of("one", "two")) {
      List<Answer> answers = new ArrayList<>();
      for (FastChatQuestion q : questions) {
        List<String> text = List.of(model + " says " + q.id());
        answers.add(new Answer(q.id(), q.category(), q.turns(), text, model));
      }
      FastChatAnswers.write(folder.resolve("answers"), model, answers);
    }
  }

  @Test
  void theSecondIsRefusedBeforeItPays() throws Exception {
    try (JudgeServer server = new JudgeServer();
        CommandProcess single = judge(server, "single", "")) {
      server.allow(3);
      single.await(() -> lines() == 3);
      try (CommandProcess pair = judge(server, "pair", "")) {
        assertEquals(2, pair.code(), pair::said);
        String who = "is in use by soft4j judge (process " + single.pid() + " on ";
        assertTrue(pair.said().contains(who), pair.said());
      }
      server.allow(1000);
      assertEquals(0, single.code(), single::said);
      assertEquals(SINGLE, server.answered.size());
      assertEveryReplyIsKept(SINGLE);
    }
  }

  @Test
  void theSecondWaitsAndBothHaveAllTheirReplies() throws Exception {
    try (JudgeServer server = new JudgeServer();
        CommandProcess single = judge(server, "single", "")) {
      server.allow(3);
      single.await(() -> lines() == 3);
      try (CommandProcess pair = judge(server, "pair", " --wait")) {
        pair.await(() -> pair.said().contains("waiting for the folder"));
        for (int reply = 4; reply < SINGLE; reply++) {
          int now = reply;
          server.allow(1);
          single.await(() -> lines() == now);
          // All the time, though the cache is read, the folder walked, and the lock asked for.
          assertEquals(
              Optional.of(true),
              ProcessLock.writer(folder.resolve("out")).map(who -> who.contains("soft4j judge")));
        }
        server.allow(1000);
        assertEquals(0, single.code(), single::said);
        assertEquals(0, pair.code(), pair::said);
      }
      assertEquals(SINGLE + PAIR, server.answered.size());
      assertEveryReplyIsKept(SINGLE + PAIR);
      assertTrue(Files.exists(folder.resolve("out/model_judgment/judge_single.jsonl")));
      assertTrue(Files.exists(folder.resolve("out/model_judgment/judge_pair.jsonl")));
    }
  }

  private void assertEveryReplyIsKept(int count) throws IOException {
    List<JsonNode> cache = Json.readLines(folder.resolve("out/judge_cache.jsonl"), JsonNode.class);
    assertEquals(count, cache.size());
    HashSet<String> keys = new HashSet<>();
    cache.forEach(line -> keys.add(line.path("key").asText()));
    assertEquals(count, keys.size(), "no reply was paid for twice");
    try (var paths = Files.walk(folder)) {
      assertEquals(0, paths.filter(path -> path.toString().endsWith(".lock")).count());
    }
  }

  private long lines() {
    try {
      Path cache = folder.resolve("out/judge_cache.jsonl");
      return Files.exists(cache) ? Files.readString(cache).lines().count() : 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandProcess judge(JudgeServer server, String protocol, String more)
      throws IOException {
    String words =
        "judge --answers @/answers --judge %s --yes --concurrency 2 --out @/out --protocol %s%s"
            .formatted(server.address(), protocol, more);
    return CommandProcess.start(
        folder,
        folder.resolve(protocol + ".log"),
        Map.of("SOFT4J_API_KEY", "none"),
        List.of(words.replace("@", folder.toString()).split(" ")));
  }
}
