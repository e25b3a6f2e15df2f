package org.soft4j.eval;

import java.util.List;

/**
 * What one must know to compare a task's numbers.
 *
 * @param name without spaces, such as {@code truthfulqa}
 * @param version raised whenever numbers change meaning
 * @param title for people
 * @param paper where it comes from
 * @param licence of its items
 * @param split which items, such as {@code test}
 * @param metrics in the order they are shown
 * @param deviations known differences from the reference; empty where there are none
 */
public record TaskCard(
    String name,
    String version,
    String title,
    String paper,
    String licence,
    String split,
    List<MetricCard> metrics,
    List<String> deviations) {
  /** A card of items whose licence is not stated here. */
  public TaskCard(
      String name,
      String version,
      String title,
      String paper,
      String split,
      List<MetricCard> metrics,
      List<String> deviations) {
    this(name, version, title, paper, "not stated", split, metrics, deviations);
  }

  /** Copies the lists. */
  public TaskCard {
    metrics = List.copyOf(metrics);
    deviations = List.copyOf(deviations);
  }
}
