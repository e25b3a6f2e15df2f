package org.soft4j.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;
import org.soft4j.soft.RunFiles;

/**
 * What a run's folder has to tell a tracker: finished rounds alone, so that what was told once is
 * never taken back.
 *
 * @param folder of the run
 */
record TrackedRun(Path folder) {
  private static final List<String> TRAINING = List.of("loss", "learning_rate", "gradient_norm");
  private static final List<String> PAGES =
      List.of("report.html", "report.md", "metrics.csv", "run.json", "result.json");

  /**
   * One value of one metric.
   *
   * @param name such as {@code micro_truth/mc1/0-shot} or {@code training/loss}
   * @param step the round, or the optimizer step over all rounds; within a metric it only grows
   * @param value may be no finite number
   */
  record Point(String name, long step, double value) {}

  /** Whether the run has begun. */
  boolean begun() {
    return Files.isRegularFile(folder.resolve("run.json"));
  }

  /** Whether its last round is measured and one is kept. */
  boolean finished() {
    return Files.isRegularFile(folder.resolve("result.json"));
  }

  /** Name of the folder. */
  String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /** Settings by their dotted keys, what the run read, and the model. */
  Map<String, String> parameters() {
    Path file = folder.resolve("run.json");
    JsonNode run = Json.read(WholeFile.read(file), JsonNode.class, file.toString());
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, "", run.path("settings"));
    put(parameters, "data.", run.path("sources"));
    put(parameters, "model.", run.path("model"));
    return parameters;
  }

  private static void put(Map<String, String> parameters, String before, JsonNode tree) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = before + entry.getKey();
      if (entry.getValue().isObject()) {
        put(parameters, key + ".", entry.getValue());
      } else {
        JsonNode value = entry.getValue();
        parameters.put(key, value.isValueNode() ? value.asText() : value.toString());
      }
    }
  }

  /** Everything that finished rounds have measured; a later call only adds to the end. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    long trained = 0;
    for (int round = 0; Files.isRegularFile(file(round, "metrics.csv")); round++) {
      trained += training(round, trained, points);
      Path metrics = file(round, "metrics.csv");
      int now = round;
      RunFiles.readMetrics(WholeFile.read(metrics), metrics.toString()).stream()
          .map(
              m ->
                  new Point(
                      "%s/%s/%s-shot".formatted(m.benchmark(), m.metric(), m.shots()),
                      now,
                      m.value()))
          .forEach(points::add);
    }
    return points;
  }

  private long training(int round, long before, List<Point> points) {
    Path file = file(round, "training.csv");
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    List<Csv.Row> rows = Csv.read(file).with(TRAINING).rows();
    for (int i = 0; i < rows.size(); i++) {
      for (String what : TRAINING) {
        points.add(new Point("training/" + what, before + i, rows.get(i).number(what)));
      }
    }
    return rows.size();
  }

  /** Files worth keeping beside the numbers; the report first. */
  List<Path> pages() {
    return PAGES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
  }

  private Path file(int round, String name) {
    return folder.resolve("round-" + round).resolve(name);
  }
}
