package org.soft4j.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.eval.Statistics;
import org.soft4j.soft.Label;
import org.soft4j.soft.Measurement;

/** How many labels of a round tell the truth of the micro world: what the bootstrap lives on. */
public final class LabelAccuracy {
  private static final String BENCHMARK = "micro_labels";

  private final MicroTruth truth;
  private final int shots;

  /**
   * Judges by the truth of a world.
   *
   * @param shots number of demonstrations the labels were written under, for the table
   */
  public LabelAccuracy(MicroTruth truth, int shots) {
    this.truth = truth;
    this.shots = shots;
  }

  /** Share of right labels, over all and for each type of prompt. */
  public List<Measurement> of(int round, List<Label> labels) {
    Map<String, List<Double>> right = new LinkedHashMap<>();
    for (Label label : labels) {
      double value = truth.right(label.prompt(), label.response()) ? 1 : 0;
      right.computeIfAbsent("right", key -> new ArrayList<>()).add(value);
      right.computeIfAbsent("right_" + label.type(), key -> new ArrayList<>()).add(value);
    }
    List<Measurement> rows = new ArrayList<>();
    right.forEach((metric, values) -> rows.add(row(round, metric, values)));
    rows.sort(java.util.Comparator.comparing(Measurement::metric));
    return rows;
  }

  private Measurement row(int round, String metric, List<Double> values) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new Measurement(
        round,
        BENCHMARK,
        shots,
        metric,
        Statistics.mean(numbers),
        Statistics.standardError(numbers),
        numbers.length,
        Double.NaN);
  }
}
