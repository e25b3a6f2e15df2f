package org.soft4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/**
 * When a run or an evaluation was made, what it took, of what and on what; two lines for people.
 */
final class RunEffort {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final double MIB = 1 << 20;

  private RunEffort() {}

  /** From timings.jsonl; empty where an earlier version left none. */
  static String times(RunReader files) {
    Path file = files.folder().resolve("timings.jsonl");
    List<JsonNode> lines =
        Files.isRegularFile(file)
            ? WholeFile.read(file).lines().flatMap(line -> read(line).stream()).toList()
            : List.of();
    Optional<Instant> began =
        lines.stream()
            .flatMap(line -> instant(line.path("began").asText()).stream())
            .min(Instant::compareTo);
    if (began.isEmpty()) {
      return "";
    }
    double seconds =
        lines.stream()
            .mapToDouble(
                line -> line.path("seconds").asDouble() + line.path("opening_seconds").asDouble())
            .sum();
    double peak =
        lines.stream().mapToDouble(line -> line.path("peak_mib").asDouble()).max().orElse(0);
    String memory = peak > 0 ? String.format(Locale.ROOT, "; peak memory %,.0f MiB", peak) : "";
    return "Began %s; %s at work%s.".formatted(WHEN.format(began.get()), duration(seconds), memory);
  }

  /** Of what size the model is and where it ran; empty where it is not recorded. */
  static String model(RunReader files) {
    JsonNode model = files.description().path("model");
    long parameters = model.path("parameters").asLong();
    StringBuilder words = new StringBuilder(model.path("name").asText());
    if (!model.path("architecture").asText().isEmpty()) {
      words.append(" (").append(model.path("architecture").asText()).append(')');
    }
    if (parameters > 0) {
      words.append(String.format(Locale.ROOT, ", %,d parameters", parameters));
      String dtype = model.path("dtype").asText();
      int bytes = dtype.equals("float32") ? 4 : dtype.matches("b?float16") ? 2 : 0;
      if (bytes > 0) {
        words.append(
            String.format(
                Locale.ROOT, ", %s, %,.1f MiB of weights", dtype, bytes * parameters / MIB));
      }
    }
    String device = model.path("device").asText();
    if (!device.isEmpty()) {
      words.append(", on ").append(device);
      int threads = model.path("threads").asInt();
      words.append(threads > 0 ? " with " + threads + (threads == 1 ? " thread" : " threads") : "");
    }
    return words.isEmpty() ? "" : words.append('.').toString();
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 7200
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** A line that was cut by a crash says nothing. */
  private static Optional<JsonNode> read(String line) {
    try {
      return Optional.of(Json.mapper().readTree(line));
    } catch (JsonProcessingException cut) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
