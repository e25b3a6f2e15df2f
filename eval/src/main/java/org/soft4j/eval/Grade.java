package org.soft4j.eval;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an item's answers are worth.
 *
 * @param metrics by name; a metric that an item says nothing about is left out and its mean is
 *     taken over the other items
 * @param chosen the choice the model would take, or the text it wrote
 */
public record Grade(Map<String, Double> metrics, String chosen) {
  /** Copies the map, sorted by name; refuses a value that is no number, which is to be left out. */
  public Grade {
    metrics.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "the metric " + name + " of an item is " + value + "; leave it out");
          }
        });
    metrics = Map.copyOf(metrics);
  }

  Map<String, Double> sortedMetrics() {
    return new TreeMap<>(metrics);
  }
}
