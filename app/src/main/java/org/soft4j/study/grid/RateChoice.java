package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.report.RunReader;
import org.soft4j.soft.ValidationSettings;

/** Which learning rate validation chooses for each method, from the runs that tried them. */
final class RateChoice {
  private RateChoice() {}

  /**
   * By method: the rate with the best mean over tuning seeds after the last round; ties: the lower.
   */
  static Map<String, Double> of(StudyDesign design, Path study) {
    List<Double> rates = design.rates().stream().sorted().toList();
    Map<String, Double> chosen = new LinkedHashMap<>();
    for (String method : design.methods()) {
      double best = Double.NEGATIVE_INFINITY;
      chosen.put(method, rates.get(0));
      for (double rate : rates.size() < 2 ? List.<Double>of() : rates) {
        double mean =
            design.tuning().stream()
                .filter(cell -> cell.condition().method().equals(method) && cell.rate() == rate)
                .mapToDouble(cell -> value(design, cell, study))
                .average()
                .orElse(Double.NaN);
        if (mean > best) {
          best = mean;
          chosen.put(method, rate);
        }
      }
    }
    return chosen;
  }

  private static double value(StudyDesign design, StudyCell cell, Path study) {
    String measure = design.values().soft().validation().measure();
    boolean pairs = measure.equals(ValidationSettings.LOG_PROBABILITY);
    List<Measurement> rows = new RunReader(cell.in(study)).measurements();
    int last = rows.stream().mapToInt(Measurement::round).max().orElse(0);
    return rows.stream()
        .filter(m -> m.round() == last)
        .filter(
            m ->
                pairs
                    ? m.benchmark().equals("validation") && m.metric().equals(measure)
                    : "%s:%s:%s".formatted(m.benchmark(), m.metric(), m.shots()).equals(measure))
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "%s has no value of %s, which chooses the learning rate."
                        .formatted(cell.in(study), measure),
                    "Name validation pairs with --validation FILE, or one rate with --rates."));
  }
}
