package org.soft4j.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;

/**
 * How many of a round's labels are right, where the truth is known: the labels of a micro run are
 * judged by {@code new MicroTruth(world)::aligned} or {@code ::right}.
 */
public final class LabelAccuracy {
  private LabelAccuracy() {}

  /**
   * Measures the labels of a round: over all, and over each type of prompt.
   *
   * @param name of the benchmark column, such as {@code labels_right}
   * @param round that wrote the labels
   * @param shots demonstrations in their contexts
   * @param labels as they were written
   * @param rule takes prompt and response
   * @return one row with the metric {@code all}, one per type; none without labels
   */
  public static List<Measurement> measure(
      String name, int round, int shots, List<Label> labels, BiPredicate<String, String> rule) {
    Map<String, List<Label>> groups = new TreeMap<>();
    for (Label label : labels) {
      groups.computeIfAbsent("all", all -> new ArrayList<>()).add(label);
      if (!label.type().isEmpty()) {
        groups.computeIfAbsent(label.type(), type -> new ArrayList<>()).add(label);
      }
    }
    return groups.entrySet().stream()
        .map(group -> row(name, round, shots, group.getKey(), values(group.getValue(), rule)))
        .toList();
  }

  private static double[] values(List<Label> labels, BiPredicate<String, String> rule) {
    return labels.stream()
        .mapToDouble(label -> rule.test(label.prompt(), label.response()) ? 1 : 0)
        .toArray();
  }

  private static Measurement row(
      String name, int round, int shots, String metric, double[] values) {
    return new Measurement(
        round,
        name,
        shots,
        metric,
        Statistics.mean(values),
        Statistics.standardError(values),
        values.length,
        Double.NaN);
  }
}
