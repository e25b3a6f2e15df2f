package org.soft4j.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.compare.ScoredRun;
import org.soft4j.core.Json;
import org.soft4j.core.Provenance;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.files.LmEvalFiles;

/** Reads folders that are compared, so that all of them name their items alike. */
public final class ComparedFolders {
  private static final String RUN = "run.json";

  private ComparedFolders() {}

  /**
   * Reads runs, evaluations, and what lm-evaluation-harness wrote. Where one of them is the
   * harness's, items are joined by the digests of their documents, for which the benchmark's files
   * are read again.
   */
  public static List<ScoredRun> read(List<Path> folders) {
    boolean harness = folders.stream().anyMatch(LmEvalFiles::areIn);
    return folders.stream().map(f -> harness ? byDigest(f) : ScoredRun.read(f)).toList();
  }

  /**
   * What keeps folders from being compared like with like: that they were made by other rules of
   * tokens, scores and ends of answers ({@link Provenance#RULES}).
   */
  public static Optional<String> caution(List<Path> folders) {
    Map<Integer, List<Path>> byRules = new TreeMap<>();
    for (Path folder : folders) {
      record(folder)
          .ifPresent(
              file ->
                  byRules
                      .computeIfAbsent(
                          Json.read(WholeFile.read(file), JsonNode.class, file.toString())
                              .path("rules")
                              .asInt(1),
                          rules -> new ArrayList<>())
                      .add(folder));
    }
    return byRules.size() < 2
        ? Optional.empty()
        : Optional.of(
            "scores and ends of answers follow different rules of soft4j, so that equal models may"
                + " differ: "
                + byRules.entrySet().stream()
                    .map(e -> "rules %s in %s".formatted(e.getKey(), e.getValue()))
                    .collect(Collectors.joining("; ")));
  }

  /** The record of an evaluation, or of the run that a folder is or is a round of. */
  private static Optional<Path> record(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    return Stream.of(
            whole.resolve(EvaluationJob.RECORD),
            whole.resolve(RUN),
            whole.resolveSibling(RUN),
            whole.resolve("../..").normalize().resolve(RUN))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static ScoredRun byDigest(Path folder) {
    if (LmEvalFiles.areIn(folder)) {
      return ScoredRun.of(folder, LmEvalFiles.scores(folder));
    }
    AnsweredFolder answered = AnsweredFolder.open(folder, OptionalInt.empty());
    return ScoredRun.of(folder, LmEvalFiles.scores(answered.whole(), answered.tasks()));
  }
}
