package org.soft4j.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.WholeFile;

/** A stand-in that refuses what MLflow refuses; tools/check_tracking.py asks MLflow itself. */
class MlflowTest {
  private static final String TOKEN = "tok-secret-1";

  @TempDir Path temp;

  private final List<String> said = new ArrayList<>();
  private final List<JsonNode> batches = new ArrayList<>();
  private final Map<String, String> uploads = new TreeMap<>();
  private final List<String> states = new ArrayList<>();
  private HttpServer server;
  private String artifacts = "mlflow-artifacts:/1/r1/artifacts";
  private boolean down;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = call.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
    boolean known = ("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"));
    int code = down || !known ? 500 : 200;
    String text = "{}";
    if (code != 200) {
      text = "no entry for " + call.getRequestHeaders().getFirst("Authorization");
    } else if (path.equals("experiments/get-by-name")) {
      code = 404;
      text = "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}";
    } else if (path.equals("experiments/create")) {
      text = "{\"experiment_id\": \"1\"}";
    } else if (path.equals("runs/create")) {
      text = "{\"run\": {\"info\": {\"run_id\": \"r1\"}}}";
    } else if (path.equals("runs/get")) {
      text = "{\"run\": {\"info\": {\"artifact_uri\": \"%s\"}}}".formatted(artifacts);
    } else if (path.equals("runs/update")) {
      states.add(new ObjectMapper().readTree(body).path("status").asText());
    } else if (path.equals("runs/log-batch")) {
      JsonNode batch = new ObjectMapper().readTree(body);
      code = taken(batch) ? 200 : 400;
      batches.add(batch);
    } else {
      uploads.put(path, body);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(code, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  /** MLflow's rule for names, and its bounds of a batch. */
  private static boolean taken(JsonNode batch) {
    List<JsonNode> all = new ArrayList<>();
    Stream.of("metrics", "params").forEach(kind -> batch.path(kind).forEach(all::add));
    return batch.path("metrics").size() <= 1000
        && batch.path("params").size() <= 100
        && all.stream().allMatch(e -> e.path("key").asText().matches("[/\\w.\\- ]{1,250}"));
  }

  private Tracking tracking(Path run) {
    String where = "mlflow:http://127.0.0.1:" + server.getAddress().getPort();
    return Tracking.of(run, List.of(where), Map.of("MLFLOW_TRACKING_TOKEN", TOKEN), said::add);
  }

  private List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    batches.forEach(
        batch ->
            batch
                .path("metrics")
                .forEach(
                    m ->
                        metrics.add(
                            "%s %s %s"
                                .formatted(
                                    m.path("key").asText(),
                                    m.path("step").asText(),
                                    m.path("value").asText()))));
    return metrics;
  }

  @Test
  void aRunIsSentRoundByRoundAndItsReportAtTheEnd() {
    Path run = RunFixture.begun(temp.resolve("a"));
    assertTrue(tracking(run).sendAll(), said::toString);
    RunFixture.round(run, 1, "truth,0,mc1,0.5");
    WholeFile.write(run.resolve("report.html"), "<p>report</p>");

    assertTrue(tracking(run).finished(), said::toString);

    assertEquals("truth/mc1/0-shot 0 0.25", metrics().get(0));
    assertTrue(metrics().contains("training/loss 2 1.5"), metrics()::toString);
    assertEquals("truth/mc1/0-shot 1 0.5", metrics().get(metrics().size() - 1));
    assertEquals(1 + 9 + 1, metrics().size());
    assertEquals("method", batches.get(0).at("/params/2/key").asText());
    assertEquals(List.of("FINISHED"), states);
    assertEquals(
        "<p>report</p>",
        uploads.get("/api/2.0/mlflow-artifacts/artifacts/1/r1/artifacts/report.html"));
  }

  /** MLflow would drop the whole batch for such a name, and make 1.8e308 of an infinity. */
  @Test
  void oddNamesAreWrittenOtherwiseAndAnInfinityIsLeftToTheFile() {
    assertTrue(tracking(RunFixture.begun(temp.resolve("a"))).sendAll(), said::toString);

    assertEquals("SOFTplus 100percent/in_a_b", Mlflow.name("SOFT+ 100%/in'a..b"));
    assertEquals(1, metrics().size());
    assertTrue(said.get(0).contains("SOFT+ 100%/in%/a..b/0-shot"), said::toString);
  }

  @Test
  void aServerThatIsGoneIsToldWithoutTheTokenAndGetsAllLater() throws IOException {
    Path run = RunFixture.begun(temp.resolve("a"));
    down = true;
    assertFalse(tracking(run).sendAll());
    assertTrue(said.get(0).contains("the server answered 500"), said::toString);
    assertTrue(said.get(0).contains("./soft4j report " + run + " --track mlflow:"), said::toString);
    down = false;
    RunFixture.round(run, 1, "truth,0,mc1,0.5");

    assertTrue(tracking(run).sendAll());

    assertEquals(1 + 9 + 1, metrics().size());
    assertFalse(said.toString().contains(TOKEN), said::toString);
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains(TOKEN), file::toString);
      }
    }
  }

  @Test
  void aServerThatTakesNoFilesKeepsTheNumbersAndSaysSo() {
    artifacts = "s3://bucket/1";
    Path run = RunFixture.begun(temp.resolve("a"));

    assertTrue(tracking(run).finished());

    assertTrue(said.toString().contains("MLflow keeps artifacts at s3://bucket/1"), said::toString);
    assertEquals(Map.of(), uploads);
    assertEquals(List.of("FINISHED"), states);
  }
}
