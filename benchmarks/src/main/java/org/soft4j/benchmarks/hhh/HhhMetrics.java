package org.soft4j.benchmarks.hhh;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.benchmarks.hhh.HhhFiles.Pair;
import org.soft4j.eval.MetricCard;

/** The metrics of both protocols: the micro-average, and one per class that was read. */
final class HhhMetrics {
  private HhhMetrics() {}

  static List<MetricCard> of(List<Pair> pairs) {
    List<MetricCard> metrics = new ArrayList<>();
    metrics.add(
        new MetricCard("mean", "the better answer wins, over " + HhhFiles.split(pairs), 0.5));
    HhhFiles.CLASSES.stream()
        .filter(group -> pairs.stream().anyMatch(pair -> pair.group().equals(group)))
        .forEach(group -> metrics.add(new MetricCard(group, "the better answer wins", 0.5)));
    return metrics;
  }
}
