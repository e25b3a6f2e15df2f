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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose answers hold the key in ten spellings, and every file that an evaluation writes.
 */
@Timeout(300)
@Tag("slow")
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

  private static final String EVAL = "eval --tasks micro_answers --limit 12 --model ";
  private static final String JUDGE =
      "judge --yes --protocol alpaca --answers %s --baseline %s --judge %s";
  private static final String RUN =
      "run micro --yes --method single --limit 12 --shots 0 --tasks alpaca_eval"
          + " --option alpaca_eval.file=%s --set training.epochs=1 --judge %s";
  // A judge's reply that AlpacaEval reads.
  private static final String VERDICT =
      "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}] ";

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
      told("answered", EVAL + address);
      assertEquals(2, run("refused", EVAL + address + "-refused"), () -> printed("refused"));
      Path baseline = outputs("baseline");
      told("judged", JUDGE.formatted(outputs("m"), baseline, address));
      told("run", RUN.formatted(baseline, address));
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
      String json =
          JsonNodeFactory.instance.textNode(VERDICT + word).toString().replace("p", "\\u0070");
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

  /** A command that ends well says that it took the key out. */
  private void told(String out, String command) throws IOException, InterruptedException {
    int before = answers.get();
    assertEquals(0, run(out, command), () -> printed(out));
    assertTrue(answers.get() - before >= SPELLINGS.size(), "answers: " + answers);
    assertTrue(printed(out).contains("the endpoint's key in the answer, taken out"), printed(out));
  }

  /** Answers as of AlpacaEval, by one model. */
  private Path outputs(String model) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      rows.append(i == 0 ? "[" : ",")
          .append("{\"instruction\": \"Say %s.\", \"output\": \"%s of %s\"".formatted(i, i, model))
          .append(", \"generator\": \"%s\"}".formatted(model));
    }
    return Files.writeString(folder.resolve(model + ".json"), rows.append("]"));
  }

  private int run(String out, String command) throws IOException, InterruptedException {
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
    words.addAll(List.of(command.split(" ")));
    words.addAll(List.of("--debug", "--out", folder.resolve(out).toString()));
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
