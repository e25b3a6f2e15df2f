package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.TaskFiles;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;
import org.soft4j.soft.RunFiles;

/** What a run folder holds, read without a model. A file that is not there yet reads as empty. */
public final class RunReader {
  private final Path folder;
  private final Map<String, Optional<TaskFiles.Described>> tasks = new HashMap<>();

  /** The files of a folder with a run.json, or with an eval.json. */
  public RunReader(Path folder) {
    this.folder = folder;
    if (!Files.isRegularFile(folder.resolve("run.json")) && !evaluation()) {
      throw new UserError(
          "%s holds no run: there is no run.json in it, and no eval.json.".formatted(folder),
          "Give the folder that `soft4j run` named, such as runs/NAME, or --out of an evaluation.");
    }
  }

  /** Whether this is the evaluation of one model; it reads as a run that has a round 0 alone. */
  public boolean evaluation() {
    return Files.isRegularFile(folder.resolve("eval.json"));
  }

  /** Name of the folder. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** run.json, or eval.json, as a tree. */
  public JsonNode description() {
    String name = evaluation() ? "eval.json" : "run.json";
    return Json.read(text(folder.resolve(name)), JsonNode.class, name);
  }

  /** A benchmark as it was run; empty in folders of earlier versions. */
  public Optional<TaskFiles.Described> task(String name) {
    return tasks.computeIfAbsent(name, key -> TaskFiles.read(folder, key));
  }

  /** In which unit each metric is shown. */
  public Scale scale() {
    return (benchmark, metric) ->
        task(benchmark).stream()
                .flatMap(task -> task.card().metrics().stream())
                .anyMatch(card -> card.name().equals(metric) && !card.share())
            ? 1
            : Scale.POINTS.of(benchmark, metric);
  }

  /** Names of the benchmarks that were measured, in the order of the rows. */
  public List<String> benchmarks() {
    return measurements().stream()
        .filter(Kinds::score)
        .map(Measurement::benchmark)
        .distinct()
        .toList();
  }

  /** Samples of a round by item; empty where there are none. */
  public Map<String, ItemSample> samples(int round, String task, int shots) {
    Path place = evaluation() ? folder : round(round, "eval");
    Path file = place.resolve(SampleFile.name(task, shots));
    Map<String, ItemSample> samples = new LinkedHashMap<>();
    if (Files.exists(file)) {
      SampleFile.read(file).forEach(sample -> samples.put(sample.item(), sample));
    }
    return samples;
  }

  /** Folder of a judging of a round's answers; it may be absent. */
  public Path judging(int round, String task, int shots) {
    Path place = evaluation() ? folder.resolve("judge") : round(round, "judge");
    return place.resolve(task + "-" + shots + "shot");
  }

  /** Scores that stand for the run, as {@code benchmark metric}; empty where none is named. */
  public Set<String> headline() {
    return Stream.of(description().path("sources").path("headline").asText().split(","))
        .filter(name -> !name.isBlank())
        .collect(Collectors.toSet());
  }

  /** metrics.csv: scores, collapse measures and validation of all rounds. */
  public List<Measurement> measurements() {
    return rows(folder.resolve("metrics.csv"), RunReader::measurement);
  }

  /** pool.csv by id. */
  public Map<String, Demonstration> pool() {
    Map<String, Demonstration> byId = new LinkedHashMap<>();
    rows(
            folder.resolve("pool.csv"),
            r -> new Demonstration(r.get("id"), r.get("type"), r.get("prompt"), r.get("response")))
        .forEach(d -> byId.put(d.id(), d));
    return byId;
  }

  /** Numbers of the rounds that have labels, from 1. */
  public List<Integer> rounds() {
    List<Integer> rounds = new ArrayList<>();
    for (int round = 1; Files.exists(round(round, "labels.jsonl")); round++) {
      rounds.add(round);
    }
    return rounds;
  }

  /** Which round was kept and why; empty while the run is not finished. */
  public String outcome() {
    Path file = folder.resolve("result.json");
    return Files.exists(file)
        ? Json.read(text(file), JsonNode.class, "result.json").path("reason").asText()
        : "";
  }

  /** Folders of the rounds that left samples of a benchmark, the base's first. */
  public List<Path> measured() {
    List<Path> measured = new ArrayList<>();
    for (int round = 0; samples(round(round, "eval")); round++) {
      measured.add(round(round, "eval").getParent());
    }
    return measured;
  }

  private static boolean samples(Path evaluation) {
    String[] names = evaluation.toFile().list();
    return names != null && Stream.of(names).anyMatch(name -> name.endsWith("shot.jsonl"));
  }

  /** labels.jsonl of a round. */
  public List<Label> labels(int round) {
    return lines(round(round, "labels.jsonl"), Label.class);
  }

  /** dropped.jsonl of a round. */
  public List<DroppedLabel> dropped(int round) {
    return lines(round(round, "dropped.jsonl"), DroppedLabel.class);
  }

  /** Labels of a round that were too long to be learned whole. */
  public Optional<CutExamples> cut(int round) {
    Path file = round(round, RunFiles.CUT);
    return Files.exists(file)
        ? Optional.of(Json.read(text(file), CutExamples.class, file.toString()))
        : Optional.empty();
  }

  /** Losses of a round's steps. */
  public List<Double> losses(int round) {
    return rows(round(round, "training.csv"), r -> number(r, "loss"));
  }

  private Path round(int round, String file) {
    return folder.resolve("round-" + round).resolve(file);
  }

  private static Measurement measurement(CSVRecord row) {
    return new Measurement(
        (int) number(row, "round"),
        row.get("benchmark"),
        (int) number(row, "shots"),
        row.get("metric"),
        number(row, "value"),
        number(row, "standard_error"),
        (int) number(row, "items"),
        number(row, "chance"));
  }

  private static double number(CSVRecord row, String column) {
    String text = row.get(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  private static <T> List<T> lines(Path file, Class<T> type) {
    return Files.exists(file) ? Json.readLines(text(file), type, file.toString()) : List.of();
  }

  private static <T> List<T> rows(Path file, Function<CSVRecord, T> reading) {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser rows = CSVParser.parse(reader, format)) {
      for (CSVRecord row : rows) {
        values.add(read(file, row, reading));
      }
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
    return values;
  }

  private static <T> T read(Path file, CSVRecord row, Function<CSVRecord, T> reading) {
    try {
      return reading.apply(row);
    } catch (IllegalArgumentException failure) {
      throw new UserError(
          "%s, row %d: %s.".formatted(file, row.getRecordNumber(), failure.getMessage()),
          "The file was changed by hand or is of another version; run again with --resume.",
          failure);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static UserError unreadable(Path file, IOException failure) {
    return new UserError(
        "%s cannot be read: %s.".formatted(file, failure.getMessage()),
        "Check the file's rights, and that it is UTF-8.",
        failure);
  }
}
