package org.soft4j.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;

/**
 * Which scores of a run's rounds differ from the base model's on the same items: at the 5 % level,
 * p-values corrected after Holm over all scores and rounds of one table.
 */
final class Significance {
  /** Nothing was compared. */
  static final Significance NONE = new Significance(Map.of());

  private static final double LEVEL = 0.05;

  private final Map<List<Object>, String> marks;

  private Significance(Map<List<Object>, String> marks) {
    this.marks = marks;
  }

  /**
   * Compares every measured round with the base model.
   *
   * @param shown which comparisons the table shows
   */
  static Significance of(RunReader files, Predicate<Comparison> shown) {
    var measured = files.measured();
    List<Integer> rounds = new ArrayList<>();
    List<Comparison> rows = new ArrayList<>();
    for (int round = 1; round < measured.size(); round++) {
      for (Comparison row : RunComparison.of(List.of(measured.get(0), measured.get(round)))) {
        if (shown.test(row)) {
          rounds.add(round);
          rows.add(row);
        }
      }
    }
    double[] p = Statistics.holm(rows.stream().mapToDouble(Comparison::p).toArray());
    Map<List<Object>, String> marks = new HashMap<>();
    for (int i = 0; i < p.length; i++) {
      Comparison c = rows.get(i);
      if (p[i] < LEVEL) {
        marks.put(
            List.of(rounds.get(i), c.benchmark(), c.metric(), c.shots()),
            c.secondMean() > c.firstMean() ? "▲" : "▼");
      }
    }
    return new Significance(marks);
  }

  /** An arrow for a score that differs, else nothing. */
  String mark(Measurement m) {
    return marks.getOrDefault(List.of(m.round(), m.benchmark(), m.metric(), m.shots()), "");
  }
}
