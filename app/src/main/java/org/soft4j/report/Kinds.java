package org.soft4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.eval.Measurement;

/** Which rows of metrics.csv are scores of a benchmark, and which watch over the run itself. */
final class Kinds {
  private static final Set<String> WATCHING = Set.of("labels", "validation");

  /** What a judge says stands for a run wherever there is a judge. */
  private static final Set<String> JUDGED = Set.of("judge", "win_vs_base", "win_rate");

  private Kinds() {}

  /** A share of 1, shown in points of a hundred. */
  static boolean score(Measurement m) {
    return !WATCHING.contains(m.benchmark());
  }

  /**
   * The scores that stand for a run; all scores where none is named, or none of those is there.
   *
   * @param headline as {@code benchmark metric}
   */
  static List<Measurement> headline(List<Measurement> rows, Set<String> headline) {
    List<Measurement> scores = together(rows.stream().filter(Kinds::score).toList());
    if (scores.stream().noneMatch(m -> named(m, headline))) {
      return scores;
    }
    return scores.stream()
        .filter(m -> named(m, headline) || (m.shots() == 0 && JUDGED.contains(m.metric())))
        .toList();
  }

  private static boolean named(Measurement m, Set<String> headline) {
    return headline.contains(m.benchmark() + " " + m.metric());
  }

  /** The same rows, those of one benchmark and metric together, by shots and round. */
  static List<Measurement> together(List<Measurement> rows) {
    Map<List<String>, List<Measurement>> groups = new LinkedHashMap<>();
    for (Measurement m : rows) {
      groups.computeIfAbsent(List.of(m.benchmark(), m.metric()), key -> new ArrayList<>()).add(m);
    }
    Comparator<Measurement> byShots = Comparator.comparingInt(Measurement::shots);
    return groups.values().stream()
        .flatMap(group -> group.stream().sorted(byShots.thenComparing(Measurement::round)))
        .toList();
  }

  static String unit(Measurement m) {
    String metric = m.metric();
    if (metric.contains("entropy")) {
      return "nats per token";
    }
    if (metric.contains("log_prob")) {
      return "nats per token";
    }
    if (metric.contains("length") || metric.contains("tokens")) {
      return "tokens";
    }
    return metric.contains("perplexity") ? "perplexity" : "share";
  }
}
