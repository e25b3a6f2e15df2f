package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.soft4j.core.FileFault;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.Measurement;

/**
 * A run, an evaluation or a study that lies on the disk, as its files tell of it. Links are not
 * followed anywhere.
 *
 * @param path its folder
 * @param kind which of the three
 */
public record KeptFolder(Path path, FolderKind kind) {
  private static final Set<FolderKind> KINDS =
      EnumSet.of(FolderKind.RUN, FolderKind.EVALUATION, FolderKind.STUDY);

  // Runs lie in runs/NAME, or below a folder a user made for them; models and sets lie deeper.
  private static final int DEPTH = 6;

  /** The folders of these kinds in a folder and below it, or itself, by their paths. */
  public static List<KeptFolder> below(Path root) {
    if (!Files.isDirectory(root)) {
      throw new UserError(
          "There is no folder %s.".formatted(root), "Name one that holds runs, such as runs.");
    }
    Search found = new Search();
    try {
      Files.walkFileTree(root, Set.of(), DEPTH, found);
    } catch (IOException failure) {
      throw FileFault.of(root, failure);
    }
    found.kept.sort(Comparator.comparing(KeptFolder::path));
    return List.copyOf(found.kept);
  }

  /** A folder of one of the kinds; empty for any other folder, and for a link. */
  public static Optional<KeptFolder> of(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        ? FolderKind.of(folder)
            .filter(KINDS::contains)
            .map(kind -> new KeptFolder(folder, kind))
            .filter(KeptFolder::ours)
        : Optional.empty();
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final List<KeptFolder> kept = new ArrayList<>();

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
      Optional<KeptFolder> found = of(folder);
      found.ifPresent(kept::add);
      return found.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** Other tools write files of these names too; ours say what was asked for. */
  private boolean ours() {
    if (kind == FolderKind.STUDY) {
      return Files.isRegularFile(path.resolve("study.json"));
    }
    try {
      JsonNode record = new RunReader(path).description();
      return record.path("settings").isObject() && record.path("versions").isObject();
    } catch (UserError unreadable) {
      return false;
    }
  }

  /** When it was begun or last changed, by the file that it is known by. */
  public Instant date() {
    try {
      return Files.getLastModifiedTime(path.resolve(marks().get(0))).toInstant();
    } catch (IOException failure) {
      throw FileFault.of(path, failure);
    }
  }

  /** Names of the files that it is known by, the first of which is written at its beginning. */
  List<String> marks() {
    return switch (kind) {
      case RUN -> List.of("run.json");
      case EVALUATION -> List.of("eval.json");
      default -> List.of("study.json", "cells.jsonl");
    };
  }

  /** The model by its name, or the method that a study compares. */
  public String model() {
    if (kind == FolderKind.STUDY) {
      return ofRuns().path("settings").path("model.name").asText("micro");
    }
    JsonNode record = record();
    String named =
        record.path(kind == FolderKind.RUN ? "sources" : "settings").path("model").asText();
    return named.isEmpty() ? record.path("model").path("name").asText() : named;
  }

  /** The method of a run with its rounds, the tasks of an evaluation. */
  public String method() {
    return switch (kind) {
      case RUN ->
          "%s, %s rounds"
              .formatted(
                  record().path("settings").path("method").asText(),
                  record().path("settings").path("rounds").asText());
      case EVALUATION -> record().path("settings").path("tasks").asText().replace(",", ", ");
      default ->
          ofRuns().has("conditions")
              ? "%s conditions".formatted(ofRuns().path("conditions").size())
              : "all conditions";
    };
  }

  /** Of a study of runs its record; of the study of the micro worlds, which rules of answers. */
  private JsonNode ofRuns() {
    return Json.read(WholeFile.read(path.resolve("study.json")), JsonNode.class, "study.json");
  }

  /** The record as a tree. */
  public JsonNode record() {
    return new RunReader(path).description();
  }

  /** Finished, in use, or where it was stopped. */
  public String state() {
    Optional<String> writer = ProcessLock.writer(path);
    if (writer.isPresent()) {
      return "in use by " + writer.get();
    }
    if (finished()) {
      return "finished";
    }
    return kind == FolderKind.RUN ? "stopped " + stage() : "stopped";
  }

  /** Whether its last file is there. */
  public boolean finished() {
    return Files.exists(
        path.resolve(
            switch (kind) {
              case RUN -> "result.json";
              case EVALUATION -> "metrics.csv";
              default -> "study.md";
            }));
  }

  private String stage() {
    int round = IntStream.iterate(0, n -> Files.isDirectory(round(n)), n -> n + 1).max().orElse(-1);
    if (round < 0) {
      return "before the first stage";
    }
    String where = round == 0 ? ", base" : ", round " + round;
    if (Files.exists(round(round).resolve("metrics.csv"))) {
      return "after " + where.substring(2);
    }
    if (Files.exists(round(round).resolve("eval"))) {
      return "at measuring" + where;
    }
    if (Files.exists(round(round).resolve("labels.jsonl"))) {
      return "at training" + where;
    }
    return (round == 0 ? "at measuring" : "at labelling") + where;
  }

  private Path round(int number) {
    return path.resolve("round-" + number);
  }

  /** The round that a finished run keeps; 0 is the base. */
  public OptionalInt keptRound() {
    Path result = path.resolve("result.json");
    if (kind != FolderKind.RUN || !Files.exists(result)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        Json.read(WholeFile.read(result), JsonNode.class, "result.json")
            .path("kept_round")
            .asInt());
  }

  /** Folder of the kept round's adapter or model; empty for the base, and for what is no run. */
  public Optional<Path> trained() {
    return keptRound().stream()
        .filter(round -> round > 0)
        .boxed()
        .flatMap(round -> List.of("adapter", "model").stream().map(round(round)::resolve))
        .filter(Files::isDirectory)
        .findFirst();
  }

  /** The score that stands for it, with the base model's; empty where nothing is measured yet. */
  public String result() {
    if (kind == FolderKind.STUDY || !Files.exists(path.resolve("metrics.csv"))) {
      return "";
    }
    RunReader files = new RunReader(path);
    List<Measurement> scores = files.measurements().stream().filter(Kinds::score).toList();
    String first =
        scores.stream()
            .map(KeptFolder::name)
            .filter(files.headline()::contains)
            .findFirst()
            .or(() -> scores.stream().map(KeptFolder::name).findFirst())
            .orElse("");
    List<Measurement> rows = scores.stream().filter(row -> name(row).equals(first)).toList();
    if (rows.isEmpty()) {
      return "";
    }
    int round =
        keptRound().orElseGet(() -> rows.stream().mapToInt(Measurement::round).max().orElse(0));
    String base = round == 0 ? "" : " (base %s)".formatted(value(files, rows, 0));
    return "%s %s%s".formatted(first, value(files, rows, round), base);
  }

  private static String name(Measurement row) {
    return row.benchmark() + " " + row.metric();
  }

  private static String value(RunReader files, List<Measurement> rows, int round) {
    return rows.stream()
        .filter(row -> row.round() == round)
        .min(Comparator.comparingInt(Measurement::shots))
        .map(row -> Double.isNaN(row.value()) ? "-" : files.scale().text(row, row.value()))
        .orElse("-");
  }

  /** Bytes of all of its files. */
  public long bytes() {
    long[] bytes = {0};
    walk(
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            bytes[0] += is.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes[0];
  }

  private void walk(SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(path, visitor);
    } catch (IOException failure) {
      throw FileFault.of(path, failure);
    }
  }
}
