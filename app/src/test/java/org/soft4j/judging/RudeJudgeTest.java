package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The judge command against a server that does everything wrong and repeats the key wherever it
 * can: the judging ends all the same, and the key is in no file and on no screen.
 */
@Timeout(300)
@Tag("slow")
class RudeJudgeTest {
  private static final String KEY = "sk-rude-key-0123456789-nobody-shall-see";
  private static final String GRADE =
      "{\"choices\": [{\"message\": {\"content\": \"I was asked with KEY. Rating: [[7]]\"},"
          + " \"finish_reason\": \"stop\"}], \"model\": \"KEY\","
          + " \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 9}}";

  @TempDir Path folder;

  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
  private final Deque<Manner> manners = new ArrayDeque<>();
  private HttpServer server;
  private int requests;

  private interface Manner {
    void answer(HttpExchange exchange, String key) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    JudgeProcess.writeAnswers(folder, data, 8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void faultsThatPassAreSurvivedAndTheKeyIsNowhere() throws Exception {
    manners.addAll(
        List.of(
            says(500, "KEY is overloaded"),
            says(429, "slow down, KEY", "Retry-After", "1"),
            says(503, "", "Retry-After", "Sat, 21 Nov 2020 18:00:00 GMT"),
            says(200, "{\"choices\": [{\"KEY\""),
            says(200, "<html>KEY</html>"),
            RudeJudgeTest::cut));
    assertEquals(0, judge("survived"), () -> printed("survived"));
    assertEquals(8 + 6, requests, "each fault costs one call more");
    assertTrue(printed("survived").contains("7.00 ± 0.00"), () -> printed("survived"));
    JudgeProcess.assertNowhere(folder, KEY);
  }

  @Test
  void refusalsAndEndlessAnswersEndTheJudgingWithoutTheKey() throws Exception {
    manners.addAll(List.of(says(401, "your key KEY is unknown"), says(401, "KEY"), says(401, "")));
    assertEquals(2, judge("refused"), () -> printed("refused"));
    assertTrue(printed("refused").contains("401"), () -> printed("refused"));
    manners.clear();
    manners.addAll(List.of(RudeJudgeTest::endless, RudeJudgeTest::endless, RudeJudgeTest::endless));
    assertEquals(2, judge("endless"), () -> printed("endless"));
    assertTrue(printed("endless").contains("sends an answer of more"), () -> printed("endless"));
    JudgeProcess.assertNowhere(folder, KEY);
  }

  private int judge(String name) throws Exception {
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#judge";
    return JudgeProcess.start(folder, address, KEY, name).end();
  }

  private String printed(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().endsWith("/models")) {
      try (exchange) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
    }
    String key = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    Manner manner;
    synchronized (manners) {
      requests++;
      manner = manners.isEmpty() ? says(200, GRADE) : manners.remove();
    }
    try (exchange) {
      manner.answer(exchange, key);
    }
  }

  private static Manner says(int status, String body, String... header) {
    return (exchange, key) -> {
      if (header.length == 2) {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
      byte[] bytes = body.replace("KEY", key).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private static void cut(HttpExchange exchange, String key) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write(("{\"" + key).getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void endless(HttpExchange exchange, String key) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] words = (key + " and so on ").repeat(500).getBytes(StandardCharsets.UTF_8);
    while (true) {
      exchange.getResponseBody().write(words);
    }
  }
}
