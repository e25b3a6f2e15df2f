package org.soft4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose answers hold the key in ten spellings, and every file that an evaluation writes.
 */
@Timeout(300)
class EchoedKeyTest {
  private static final String KEY = "sk-proj/Ke+9_cd.EF7xyz/0q";
  private static final List<String> SPELLINGS =
      List.of(
          KEY,
          "xx" + KEY + "yy",
          KEY.toUpperCase(Locale.ROOT),
          KEY.replace("/", "\\/"),
          KEY.replace("s", "\\u0073"),
          KEY.replace("/", "%2F").replace("+", "%2b"),
          KEY.replace("k", "&#107;"),
          HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.US_ASCII)),
          KEY.substring(0, 9) + "\n" + KEY.substring(9),
          Base64.getEncoder().encodeToString(("k:" + KEY).getBytes(StandardCharsets.US_ASCII)));

  @TempDir Path folder;
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void noFileAndNoLineHoldsIt() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::answer);
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#m";
      assertEquals(0, run(address, "answered"), () -> printed("answered"));
      assertTrue(answers.get() >= SPELLINGS.size(), "answers: " + answers);
      assertTrue(printed("answered").contains("the endpoint's key in the answer, taken out"));
      assertEquals(2, run(address + "-refused", "refused"), () -> printed("refused"));
    } finally {
      server.stop(0);
    }
    int files = 0;
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files++;
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        for (String word : SPELLINGS) {
          String inJson = JsonNodeFactory.instance.textNode(word).toString();
          assertFalse(text.contains(word), path + " holds " + word);
          assertFalse(text.contains(inJson.substring(1, inJson.length() - 1)), path::toString);
        }
      }
    }
    assertTrue(files > 5, "files: " + files);
  }

  /** JSON that writes some letters as escapes, so that the key stands nowhere before it is read. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean refused = asked.contains("\"m-refused\"");
      String word = SPELLINGS.get(answers.getAndIncrement() % SPELLINGS.size());
      String json = JsonNodeFactory.instance.textNode(word).toString().replace("p", "\\u0070");
      String body =
          refused
              ? "{\"error\": {\"message\": " + json + "}}"
              : "{\"choices\": [{\"message\": {\"content\": "
                  + json
                  + "}, \"finish_reason\": \"stop\"}]}";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private int run(String model, String out) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.soft4j.cli.Main"));
    words.addAll(List.of("--debug", "eval", "--tasks", "micro_answers", "--limit", "12"));
    words.addAll(List.of("--model", model, "--out", folder.resolve(out).toString()));
    ProcessBuilder process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(out + ".log").toFile());
    process.environment().put("SOFT4J_API_KEY", KEY);
    return process.start().waitFor();
  }

  private String printed(String out) {
    try {
      return Files.readString(folder.resolve(out + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
