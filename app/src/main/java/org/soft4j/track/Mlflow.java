package org.soft4j.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.soft4j.core.Json;

/**
 * Logs a run to an MLflow server: settings as parameters, values as metrics, the report and the
 * files it is made from as artifacts.
 *
 * @param server of MLflow
 * @param experiment that runs are listed under, made where absent
 * @param clock of the values
 * @param say hears what could not be sent and is no fault
 */
record Mlflow(MlflowServer server, String experiment, Clock clock, Consumer<String> say)
    implements Tracker {
  // The server's own bounds; it refuses the whole batch that breaks one.
  private static final int METRICS_A_CALL = 1000;
  private static final int PARAMETERS_A_CALL = 100;
  private static final int LONGEST_PARAMETER = 500;
  private static final int LONGEST_NAME = 250;
  private static final String PROXIED = "mlflow-artifacts:/";
  private static final Map<State, String> STATES =
      Map.of(
          State.RUNNING, "RUNNING",
          State.FINISHED, "FINISHED",
          State.STOPPED, "KILLED",
          State.FAILED, "FAILED");

  @Override
  public Sent send(TrackedRun run, Sent before, State state)
      throws IOException, InterruptedException {
    Sent sent = before.run().isEmpty() ? begun(run, before) : before;
    if (sent.bytes() == 0) {
      parameters(run, sent.run());
      sent = sent.with(sent.points(), 1); // no bytes here: that the parameters are there
      sent.write(run.folder());
    }
    if (sent.closed() && state == State.RUNNING) {
      update(sent.run(), state);
      sent = sent.closed(false);
    }
    List<TrackedRun.Point> points = run.points();
    for (int from = sent.points(); from < points.size(); ) {
      int to = Math.min(points.size(), from + METRICS_A_CALL);
      metrics(sent.run(), points.subList(from, to));
      sent = sent.with(to, sent.bytes());
      sent.write(run.folder());
      from = to;
    }
    if (state != State.RUNNING) {
      artifacts(run, sent.run());
      update(sent.run(), state);
      sent = sent.closed(true);
      sent.write(run.folder());
    }
    return sent;
  }

  private Sent begun(TrackedRun run, Sent sent) throws IOException, InterruptedException {
    ObjectNode create = Json.mapper().createObjectNode();
    create.put("experiment_id", experimentId());
    create.put("run_name", run.name());
    create.put("start_time", clock.millis());
    create.putArray("tags").addObject().put("key", "mlflow.source.name").put("value", "soft4j");
    String id = server.post("runs/create", create).at("/run/info/run_id").asText();
    if (!id.matches("\\w{1,64}")) {
      throw new IOException("the server named no run");
    }
    Sent named = sent.named(id);
    named.write(run.folder());
    return named;
  }

  private String experimentId() throws IOException, InterruptedException {
    Optional<JsonNode> known = server.get("experiments/get-by-name", "experiment_name", experiment);
    if (known.isPresent()) {
      return known.get().at("/experiment/experiment_id").asText();
    }
    ObjectNode create = Json.mapper().createObjectNode().put("name", experiment);
    return server.post("experiments/create", create).path("experiment_id").asText();
  }

  private void parameters(TrackedRun run, String id) throws IOException, InterruptedException {
    ObjectNode batch = batch(id);
    ArrayNode list = batch.putArray("params");
    for (Map.Entry<String, String> parameter : run.parameters().entrySet()) {
      String value = parameter.getValue();
      list.addObject()
          .put("key", name(parameter.getKey()))
          .put(
              "value",
              value.length() > LONGEST_PARAMETER
                  ? value.substring(0, LONGEST_PARAMETER - 1) + "…"
                  : value);
      if (list.size() == PARAMETERS_A_CALL) {
        server.post("runs/log-batch", batch);
        list.removeAll();
      }
    }
    if (!list.isEmpty()) {
      server.post("runs/log-batch", batch);
    }
  }

  private void metrics(String id, List<TrackedRun.Point> points)
      throws IOException, InterruptedException {
    ObjectNode batch = batch(id);
    ArrayNode list = batch.putArray("metrics");
    TreeSet<String> left = new TreeSet<>();
    Map<String, String> names = new HashMap<>();
    for (TrackedRun.Point point : points) {
      String name = name(point.name());
      String other = names.putIfAbsent(name, point.name());
      if (!Double.isFinite(point.value()) || other != null && !other.equals(point.name())) {
        left.add(point.name());
        continue;
      }
      list.addObject()
          .put("key", name)
          .put("value", point.value())
          .put("timestamp", clock.millis())
          .put("step", point.step());
    }
    if (!list.isEmpty()) {
      server.post("runs/log-batch", batch);
    }
    if (!left.isEmpty()) {
      say.accept(
          "MLflow holds finite numbers under plain names alone; metrics.csv has the other values of: "
              + String.join(", ", left));
    }
  }

  private void artifacts(TrackedRun run, String id) throws IOException, InterruptedException {
    List<Path> pages = run.pages();
    String place =
        server
            .get("runs/get", "run_id", id)
            .map(found -> found.at("/run/info/artifact_uri").asText())
            .orElse("");
    if (!place.startsWith(PROXIED) || place.contains("..")) {
      say.accept(
          "MLflow keeps artifacts at %s, where only itself can write: the report was not sent. A server started with --serve-artifacts takes it."
              .formatted(place.isEmpty() ? "no place it tells" : place));
      return;
    }
    String folder = place.substring(PROXIED.length()).replaceAll("^/+", "");
    for (Path page : pages) {
      server.upload(folder + "/" + page.getFileName(), page);
    }
  }

  private void update(String id, State state) throws IOException, InterruptedException {
    ObjectNode update = Json.mapper().createObjectNode();
    update.put("run_id", id).put("status", STATES.get(state));
    if (state != State.RUNNING) {
      update.put("end_time", clock.millis());
    }
    server.post("runs/update", update);
  }

  private static ObjectNode batch(String id) {
    return Json.mapper().createObjectNode().put("run_id", id);
  }

  /** What MLflow takes: letters, digits, and a few signs; a slash parts, and stands alone. */
  static String name(String name) {
    String plain =
        name.replace("+", "plus")
            .replace("%", "percent")
            .replaceAll("[^\\w./ :-]", "_")
            .replaceAll("\\.{2,}", "_")
            .replaceAll("/{2,}", "/")
            .replaceAll("^[/.]+|[/.]+$", "_");
    String shorter = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    return shorter.isBlank() ? "_" : shorter;
  }
}
