package org.soft4j.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;

/**
 * One figure as one side measured it: a line of results.jsonl, which the peers' scripts write in
 * the same form.
 *
 * @param side {@code soft4j} or {@code peer}
 * @param figure such as {@code labelling}
 * @param dtype number format of the frozen weights
 * @param threads processor threads
 * @param values numbers by name; the name ends with the unit
 * @param series a number per step, such as losses; empty where there is none
 * @param settings what was chosen, in words
 * @param versions of what ran
 */
record Measured(
    String side,
    String figure,
    String dtype,
    int threads,
    Map<String, Double> values,
    List<Double> series,
    Map<String, String> settings,
    Map<String, String> versions) {
  Measured {
    values = new LinkedHashMap<>(values);
    series = List.copyOf(series);
    settings = new LinkedHashMap<>(settings);
    versions = new LinkedHashMap<>(versions);
  }

  /** A number, NaN where it was not measured. */
  double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  void appendTo(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, Json.line(this) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  static List<Measured> read(Path file) {
    return Json.readLines(file, Measured.class);
  }
}
