package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;

/** Runs whose answers a judge grades after every round; the judge is a server that counts. */
@Timeout(240)
@Tag("slow")
class JudgedRunTest {
  @TempDir Path folder;

  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(
        Files.exists(Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"), "fastchat")),
        "SOFT4J_DATA holds no FastChat sets");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          // Pairs: whoever is shown first wins. Single answers: 7.
          String verdict = asked.contains("[[A]]") ? "[[A]]" : "Rating: [[7]]";
          byte[] reply =
              ("{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}")
                  .formatted(verdict)
                  .getBytes(StandardCharsets.UTF_8);
          calls.incrementAndGet();
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void everyRoundIsGradedAndComparedWithTheBase() throws IOException {
    SessionResult result = judged().run(folder.resolve("run"), options(CostGate.OPEN, false));
    Map<String, Measurement> rows =
        result.result().measurements().stream()
            .filter(m -> m.benchmark().equals("vicuna") && m.shots() == 0)
            .collect(Collectors.toMap(m -> m.round() + " " + m.metric(), m -> m));
    assertEquals(7, rows.get("0 judge").value());
    assertEquals(7, rows.get("1 judge").value());
    assertEquals(0, rows.get("0 judge_unread").value());
    // The first place always wins: every match flips, which is a tie, which counts half.
    assertEquals(0.5, rows.get("1 win_vs_base").value());
    assertEquals(1, rows.get("1 flip_rate").value());
    assertEquals(1, rows.get("1 first_position_rate").value());
    assertFalse(rows.containsKey("0 win_vs_base"), "the base is not compared with itself");
    String html = Files.readString(result.report());
    assertTrue(
        html.contains("7.0 of 10") && html.contains("Judged by judge."), "the report shows it");

    // A second pass finds everything done.
    int before = calls.get();
    judged().run(folder.resolve("run"), options(CostGate.SHUT, true));
    assertEquals(before, calls.get());
  }

  @Test
  void withoutConsentNothingIsAsked() {
    UserError refused =
        assertThrows(
            UserError.class,
            () -> judged().run(folder.resolve("run"), options(CostGate.SHUT, false)));
    assertTrue(
        refused.getMessage().contains("Nothing was asked of the judge"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("run")), "nothing was begun");
    assertEquals(0, calls.get());
  }

  @Test
  void anotherJudgeIsRefusedOnResume() {
    judged().run(folder.resolve("run"), options(CostGate.OPEN, false));
    SoftSession other = judged().set("judge.max_tokens", "99");
    UserError refused =
        assertThrows(
            UserError.class, () -> other.run(folder.resolve("run"), options(CostGate.OPEN, true)));
    assertTrue(refused.getMessage().contains("judge.max_tokens"), refused.getMessage());
  }

  @Test
  void anotherDeviceForBenchmarksGivesTheSameAnswers() {
    SoftSession plain = SoftSession.micro().rounds(1).tasks(List.of("micro_truth")).limit(8);
    plain.run(folder.resolve("plain"));
    plain.evaluationDevice("cpu").run(folder.resolve("placed"));
    for (String file : List.of("round-0/metrics.csv", "round-1/metrics.csv")) {
      assertEquals(
          WholeFile.read(folder.resolve("plain").resolve(file)),
          WholeFile.read(folder.resolve("placed").resolve(file)));
    }
    assertTrue(
        WholeFile.read(folder.resolve("placed/run.json")).contains("\"eval.device\" : \"cpu\""));
    assertThrows(UserError.class, () -> plain.evaluationDevice("tpu"));
  }

  private SoftSession judged() {
    return SoftSession.micro()
        .rounds(1)
        .tasks(List.of("micro_truth", "vicuna"))
        .limit(4)
        .options(Map.of("vicuna.max_new_tokens", "8"))
        .set("judge.model", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#judge");
  }

  private static SoftSession.RunOptions options(CostGate gate, boolean resume) {
    return new SoftSession.RunOptions(
        LocalOpening::open, Progress.SILENT, line -> {}, Cancellation.NEVER, gate, resume, false);
  }
}
