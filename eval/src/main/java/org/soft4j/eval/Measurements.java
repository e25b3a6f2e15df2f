package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.eval.metric.Aggregate;

/** Turns samples into rows of metrics.csv. */
public final class Measurements {
  private Measurements() {}

  /** One row per metric of the card that some sample has a value for. */
  public static List<Measurement> of(
      TaskCard card, int round, int shots, List<ItemSample> samples) {
    List<Measurement> rows = new ArrayList<>();
    for (MetricCard metric : card.metrics()) {
      if (metric.over().isPresent()) {
        whole(card, round, shots, metric, samples).ifPresent(rows::add);
        continue;
      }
      double[] values =
          samples.stream()
              .filter(sample -> sample.metrics().containsKey(metric.name()))
              .mapToDouble(sample -> sample.metrics().get(metric.name()))
              .toArray();
      if (values.length > 0) {
        rows.add(
            new Measurement(
                round,
                card.name(),
                shots,
                metric.name(),
                Statistics.mean(values),
                Statistics.standardError(values),
                values.length,
                metric.chance()));
      }
    }
    return rows;
  }

  /** A metric over the whole task. */
  private static Optional<Measurement> whole(
      TaskCard card, int round, int shots, MetricCard metric, List<ItemSample> samples) {
    Aggregate aggregate = metric.over().orElseThrow();
    List<List<Object>> parts = parts(metric.name(), samples);
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Measurement(
                round,
                card.name(),
                shots,
                metric.name(),
                aggregate.of(parts),
                aggregate.standardError(parts),
                parts.size(),
                metric.chance()));
  }

  /** What the items gave to a metric over the whole task. */
  public static List<List<Object>> parts(String metric, List<ItemSample> samples) {
    return samples.stream()
        .filter(sample -> sample.parts().containsKey(metric))
        .map(sample -> sample.parts().get(metric))
        .toList();
  }
}
