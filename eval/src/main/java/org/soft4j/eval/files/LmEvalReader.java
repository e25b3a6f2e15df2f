package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.FileFault;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.LmEvalNames.Dated;

/**
 * One model's folder. Keys that are not known are passed over: versions of the harness differ in
 * them.
 *
 * @param folder that holds the files themselves
 */
record LmEvalReader(Path folder) {
  private static final String REMEDY =
      "Name what the harness was given as --output_path, with --log_samples, or the model's folder"
          + " in it.";

  static boolean holds(Path folder) {
    return Files.isDirectory(folder) && !modelFolders(folder).isEmpty();
  }

  static LmEvalReader open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("There is no folder %s.".formatted(folder), REMEDY);
    }
    List<Path> models = modelFolders(folder);
    if (models.size() == 1) {
      return new LmEvalReader(models.get(0));
    }
    throw models.isEmpty()
        ? new UserError("%s holds no samples_TASK_DATE.jsonl.".formatted(folder), REMEDY)
        : new UserError(
            "%s holds the files of %s models: %s."
                .formatted(folder, models.size(), models.stream().map(Path::getFileName).toList()),
            "Name one of these folders.");
  }

  private static List<Path> modelFolders(Path folder) {
    if (!newest(folder).isEmpty()) {
      return List.of(folder);
    }
    return inside(folder).stream()
        .filter(Files::isDirectory)
        .filter(model -> !newest(model).isEmpty())
        .toList();
  }

  List<LmEvalScore> scores() {
    Map<String, Map<String, Integer>> shots = shots();
    List<LmEvalScore> scores = new ArrayList<>();
    for (Dated file : newest(folder)) {
      // The folder may hold later results without samples.
      Map<String, Integer> dated = shots.getOrDefault(file.date(), newestOf(shots));
      for (ObjectNode line : lines(file.file())) {
        scores.addAll(LmEvalScore.of(file.task(), dated.getOrDefault(file.task(), 0), line));
      }
    }
    return scores;
  }

  /** Numbers of shots by task, by the date of the results that tell them. */
  private Map<String, Map<String, Integer>> shots() {
    Map<String, Map<String, Integer>> shots = new TreeMap<>();
    for (Path path : inside(folder)) {
      LmEvalNames.results(path)
          .ifPresent(
              dated -> {
                Map<String, Integer> told = new TreeMap<>();
                BoundedJson.documentWithNaN(path, "Let the harness write it again.")
                    .path("n-shot")
                    .properties()
                    .forEach(task -> told.put(task.getKey(), task.getValue().asInt()));
                shots.put(dated.date(), told);
              });
    }
    return shots;
  }

  private static Map<String, Integer> newestOf(Map<String, Map<String, Integer>> shots) {
    Map<String, Integer> newest = new TreeMap<>();
    shots.values().forEach(newest::putAll);
    return newest;
  }

  /** The harness appends to a file that is there; the last line of an item and filter counts. */
  private static Collection<ObjectNode> lines(Path file) {
    Map<String, ObjectNode> lines = new LinkedHashMap<>();
    JsonLines.readWithNaN(
        file,
        "Let the harness write it again.",
        read -> {
          ObjectNode line = read.object();
          if (!line.path("doc_id").isIntegralNumber() || !line.path("doc_hash").isTextual()) {
            throw read.fault("it has no doc_id or no doc_hash.", REMEDY);
          }
          lines.put(line.path("doc_id") + " " + line.path("filter"), line);
        });
    return lines.values();
  }

  /** The newest file of every task, in the order of the tasks' names. */
  private static List<Dated> newest(Path folder) {
    Map<String, Dated> newest = new TreeMap<>();
    inside(folder).stream()
        .flatMap(path -> LmEvalNames.samples(path).stream())
        .sorted(Comparator.comparing(Dated::date))
        .forEach(dated -> newest.put(dated.task(), dated));
    return List.copyOf(newest.values());
  }

  private static List<Path> inside(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }
}
