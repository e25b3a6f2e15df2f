package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.soft.Measurement;

/** Turns samples into rows of metrics.csv. */
public final class Measurements {
  private Measurements() {}

  /** One row per metric of the card that some sample has a value for. */
  public static List<Measurement> of(
      TaskCard card, int round, int shots, List<ItemSample> samples) {
    List<Measurement> rows = new ArrayList<>();
    for (MetricCard metric : card.metrics()) {
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
}
