package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.soft4j.compare.KeptFile;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.TaskFiles;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelErrors;
import org.soft4j.soft.RunFiles;

/** What a run folder holds, read without a model. A file that is not there yet reads as empty. */
public final class RunReader {
  private final Path folder;
  private final String name;
  private final Map<String, Optional<TaskFiles.Described>> tasks = new HashMap<>();

  /** The files of a folder with a run.json, or with an eval.json. */
  public RunReader(Path folder) {
    this(folder, folder.toAbsolutePath().normalize().getFileName().toString());
  }

  private RunReader(Path folder, String name) {
    this.folder = folder;
    this.name = name;
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

  /** Name of the folder, or another by which it is shown. */
  public String name() {
    return name;
  }

  RunReader named(String other) {
    return new RunReader(folder, other);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** run.json, or eval.json, as a tree. */
  public JsonNode description() {
    String name = evaluation() ? "eval.json" : "run.json";
    return Json.read(WholeFile.read(folder.resolve(name)), JsonNode.class, name);
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
    Path file = folder.resolve("metrics.csv");
    return Files.exists(file)
        ? RunFiles.readMetrics(WholeFile.read(file), file.toString())
        : List.of();
  }

  /** pool.csv by id. */
  public Map<String, Demonstration> pool() {
    Map<String, Demonstration> byId = new LinkedHashMap<>();
    rows(
            folder.resolve("pool.csv"),
            RunFiles.POOL,
            r ->
                new Demonstration(
                    r.text("id"), r.text("type"), r.text("prompt"), r.text("response")))
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
    return KeptFile.reason(folder);
  }

  /**
   * The round that stands for the run beside the base model: the one it kept; the last measured one
   * while it is not finished, and where the base model itself was kept.
   */
  public int shown() {
    int last = Math.max(0, measured().size() - 1);
    return KeptFile.read(folder).stream().filter(r -> r > 0 && r <= last).findFirst().orElse(last);
  }

  /** The same in words, such as {@code round 2, which is kept}. */
  String shownInWords() {
    return ScoreTable.round(shown()) + (kept(shown()) ? ", which is kept" : "");
  }

  /** Who answered in a round, for the head of a table; of an evaluation the model, by name. */
  String who(int round) {
    if (evaluation()) {
      return new RunDescription(description()).evaluatedShort();
    }
    return ScoreTable.round(round) + (kept(round) ? ", kept" : "");
  }

  private boolean kept(int round) {
    return KeptFile.read(folder).orElse(-1) == round;
  }

  /** The numbers behind the kept round, in sentences; none in folders of earlier versions. */
  public List<String> evidence() {
    Path file = folder.resolve("result.json");
    List<String> lines = new ArrayList<>();
    if (Files.exists(file)) {
      Json.read(WholeFile.read(file), JsonNode.class, "result.json")
          .path("evidence")
          .forEach(line -> lines.add(line.asText()));
    }
    return lines;
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

  /** label_errors.csv of a round; empty where an earlier version has labelled it. */
  public Optional<LabelErrors> labelErrors(int round) {
    return LabelErrors.read(folder, round);
  }

  /** Labels of a round that were too long to be learned whole. */
  public Optional<CutExamples> cut(int round) {
    Path file = round(round, RunFiles.CUT);
    return Files.exists(file)
        ? Optional.of(Json.read(WholeFile.read(file), CutExamples.class, file.toString()))
        : Optional.empty();
  }

  /** What run.json warns of in a round's labels; empty where there is nothing. */
  public String caveat(int round) {
    String about = "round %s: ".formatted(round);
    for (JsonNode caveat : description().path("caveats")) {
      if (caveat.asText().startsWith(about)) {
        return caveat.asText().substring(about.length());
      }
    }
    return "";
  }

  /** What run.json warns of in all labels. */
  public List<String> caveats() {
    List<String> all = new ArrayList<>();
    for (JsonNode caveat : description().path("caveats")) {
      if (!caveat.asText().matches("round \\d+: .*")) {
        all.add(caveat.asText());
      }
    }
    return all;
  }

  /** Losses of a round's steps. */
  public List<Double> losses(int round) {
    return rows(round(round, "training.csv"), List.of("loss"), r -> r.number("loss"));
  }

  private Path round(int round, String file) {
    return folder.resolve("round-" + round).resolve(file);
  }

  private static <T> List<T> lines(Path file, Class<T> type) {
    return Files.exists(file) ? Json.readLines(file, type) : List.of();
  }

  private static <T> List<T> rows(Path file, List<String> columns, Function<Csv.Row, T> reading) {
    return Files.exists(file)
        ? Csv.read(file).with(columns).rows().stream().map(reading).toList()
        : List.of();
  }
}
