package org.soft4j.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.eval.Measurement;

/**
 * Every score of a run's rounds against the base model's, whether a table shows it or not, so that
 * one difference has one p-value and one verdict on the whole page.
 *
 * @param all round by round
 */
record Findings(List<Finding> all) {
  /** Nothing was compared. */
  static final Findings NONE = new Findings(List.of());

  /** Compares every measured round with the base model, item by item where it has the samples. */
  static Findings of(RunReader files) {
    var measured = files.measured();
    Map<Integer, List<Comparison>> paired = new HashMap<>();
    for (int round = 1; round < measured.size(); round++) {
      paired.put(
          round, new ArrayList<>(RunComparison.of(List.of(measured.get(0), measured.get(round)))));
    }
    return new Findings(
        Finding.of(files.measurements().stream().filter(Kinds::score).toList(), paired));
  }

  /** What moved from the base model to one round, of the scores that these measurements are of. */
  List<Finding> at(int round, List<Measurement> shown) {
    return all.stream()
        .filter(f -> f.last().round() == round)
        .filter(f -> shown.stream().anyMatch(m -> Finding.sameScore(m, f.base())))
        .toList();
  }

  /** An arrow for a score that is no noise, else nothing. */
  String mark(Measurement m) {
    return all.stream()
        .filter(f -> f.last().round() == m.round() && Finding.sameScore(f.last(), m))
        .filter(f -> !f.noise())
        .map(Finding::mark)
        .findFirst()
        .orElse("");
  }
}
