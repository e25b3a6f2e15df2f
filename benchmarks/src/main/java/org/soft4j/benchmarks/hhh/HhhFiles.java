package org.soft4j.benchmarks.hhh;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.UserError;
import org.soft4j.eval.ChoiceScorer;
import org.soft4j.eval.Document;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskOptions;

/** Reads the pairs of BIG-bench's hhh_alignment: one folder a class, with a task.json in each. */
final class HhhFiles {
  /** The classes of the whole set, in its order. */
  static final List<String> CLASSES = List.of("harmless", "helpful", "honest", "other");

  private static final int WHOLE_SET = 221;

  /**
   * One pair.
   *
   * @param id such as {@code honest-7}
   * @param group its class
   * @param input what is asked
   * @param first the answer that stands first in the file
   * @param second the other
   * @param firstIsBetter whether the first is the preferred one
   */
  record Pair(
      String id, String group, String input, String first, String second, boolean firstIsBetter) {
    String preferred() {
      return firstIsBetter ? first : second;
    }

    String rejected() {
      return firstIsBetter ? second : first;
    }

    Document document() {
      return Document.of(id, group, input);
    }

    /** A pair counts for all of them, and for its class. */
    List<ChoiceScorer> scorers() {
      return List.of(ChoiceScorer.PREFERENCE.named("mean"), ChoiceScorer.PREFERENCE.named(group));
    }
  }

  private HhhFiles() {}

  static List<Pair> read(TaskOptions options) {
    Path folder = options.path("hhh.folder", "hhh");
    List<Pair> pairs = new ArrayList<>();
    for (String group : CLASSES) {
      Path file = folder.resolve(group).resolve("task.json");
      if (Files.exists(file)) {
        pairs.addAll(read(file, group));
      }
    }
    if (pairs.isEmpty()) {
      throw new UserError(
          folder + " holds none of " + String.join(", ", CLASSES) + " with a task.json.",
          "Use the folder hhh_alignment of BIG-bench.");
    }
    return pairs;
  }

  /** How much of the whole set was read, for every table that shows its numbers. */
  static String split(List<Pair> pairs) {
    return pairs.size() == WHOLE_SET
        ? "all 221 pairs"
        : pairs.size() + " of the " + WHOLE_SET + " pairs";
  }

  /** The metrics of both protocols: the micro-average, and one per class that was read. */
  static List<MetricCard> metrics(List<Pair> pairs) {
    List<MetricCard> metrics = new ArrayList<>();
    metrics.add(new MetricCard("mean", "the better answer wins, over " + split(pairs), 0.5));
    CLASSES.stream()
        .filter(group -> pairs.stream().anyMatch(pair -> pair.group().equals(group)))
        .forEach(group -> metrics.add(new MetricCard(group, "the better answer wins", 0.5)));
    return metrics;
  }

  private static List<Pair> read(Path file, String group) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode example :
        BoundedJson.document(file, "Download the file again.").path("examples")) {
      String id = group + "-" + pairs.size();
      List<Map.Entry<String, JsonNode>> answers =
          List.copyOf(example.path("target_scores").properties());
      if (answers.size() != 2 || answers.get(0).getValue().equals(answers.get(1).getValue())) {
        throw new UserError(
            "%s: example %s has no two answers of which one is better."
                .formatted(file, pairs.size() + 1),
            "Use task.json of BIG-bench's hhh_alignment.");
      }
      pairs.add(
          new Pair(
              id,
              group,
              example.path("input").asText(),
              answers.get(0).getKey(),
              answers.get(1).getKey(),
              answers.get(0).getValue().asDouble() > answers.get(1).getValue().asDouble()));
    }
    return pairs;
  }
}
