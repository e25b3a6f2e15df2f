package org.soft4j.eval;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an item's answers are worth.
 *
 * @param metrics by name; a metric that an item says nothing about is left out and its mean is
 *     taken over the other items
 * @param chosen the choice the model would take, or the text it wrote
 * @param parts of metrics over the whole task, by name: what {@link
 *     org.soft4j.eval.metric.Aggregate} needs of the item, numbers and texts
 */
public record Grade(
    Map<String, Double> metrics, String chosen, Map<String, List<Object>> parts) {
  /** Copies the maps; refuses a value that is no number, which is to be left out. */
  public Grade {
    metrics.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "the metric " + name + " of an item is " + value + "; leave it out");
          }
        });
    metrics = Map.copyOf(metrics);
    parts = Map.copyOf(parts);
  }

  /** A grade whose metrics are all means over items. */
  public Grade(Map<String, Double> metrics, String chosen) {
    this(metrics, chosen, Map.of());
  }

  Map<String, Double> sortedMetrics() {
    return new TreeMap<>(metrics);
  }
}
