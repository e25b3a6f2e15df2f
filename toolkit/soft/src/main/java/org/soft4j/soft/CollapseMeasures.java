package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Words;

/**
 * Signs of collapse in what a model writes: entropy falls, words repeat, texts shrink or grow, the
 * pool is copied. Taken over all labels of a round as written, before any filter.
 */
public final class CollapseMeasures {
  /** The benchmark name under which these stand in metrics.csv. */
  public static final String BENCHMARK = "labels";

  private static final int COPIED_WORDS = 5;

  private CollapseMeasures() {}

  /**
   * All measures of a round's labels.
   *
   * @param labels as written
   * @param kept how many passed the filters
   * @param pool the demonstrations come from
   * @param round its number
   * @param shots demonstrations per context
   */
  public static List<Measurement> of(
      List<Label> labels, int kept, IclPool pool, int round, int shots) {
    List<Measurement> rows = new ArrayList<>();
    rows.add(mean("token_entropy", values(labels, Label::entropy), round, shots));
    rows.add(mean("perplexity", values(labels, Label::perplexity), round, shots));
    rows.add(mean("tokens", values(labels, label -> label.tokens()), round, shots));
    List<String> texts = labels.stream().map(Label::response).toList();
    for (int n = 1; n <= 2; n++) {
      rows.add(row("distinct_" + n, distinct(texts, n), Double.NaN, labels.size(), round, shots));
    }
    Set<String> runs = new HashSet<>();
    pool.demonstrations().stream()
        .map(Demonstration::response)
        .forEach(response -> runs.addAll(Words.runSet(response, COPIED_WORDS)));
    rows.add(mean("copy_rate", values(labels, label -> copies(label, runs)), round, shots));
    double[] keptShares = new double[labels.size()];
    java.util.Arrays.fill(keptShares, 0, Math.min(kept, keptShares.length), 1);
    rows.add(mean("kept", keptShares, round, shots));
    return List.copyOf(rows);
  }

  /**
   * Different runs of n words as a share of all runs (distinct-n, Li et al. 2016); falls with the
   * amount of text, so compare only equal amounts.
   */
  public static double distinct(List<String> texts, int n) {
    Map<String, Integer> counts = new HashMap<>();
    int total = 0;
    for (String text : texts) {
      for (String run : Words.runs(Words.of(text), n)) {
        counts.merge(run, 1, Integer::sum);
        total++;
      }
    }
    return total == 0 ? Double.NaN : (double) counts.size() / total;
  }

  // 5 words in a row: the pool holds the demonstrations of every context, so one set is enough.
  private static double copies(Label label, Set<String> poolRuns) {
    return Words.runSet(label.response(), COPIED_WORDS).stream().anyMatch(poolRuns::contains)
        ? 1
        : 0;
  }

  private static double[] values(
      List<Label> labels, java.util.function.ToDoubleFunction<Label> measure) {
    return labels.stream().mapToDouble(measure).filter(v -> !Double.isNaN(v)).toArray();
  }

  private static Measurement mean(String metric, double[] values, int round, int shots) {
    return Means.measurement(round, BENCHMARK, shots, metric, values);
  }

  private static Measurement row(
      String metric, double value, double error, int items, int round, int shots) {
    return new Measurement(round, BENCHMARK, shots, metric, value, error, items, Double.NaN);
  }

  /** Means with their standard errors. */
  static final class Means {
    private Means() {}

    static Measurement measurement(
        int round, String benchmark, int shots, String metric, double[] values) {
      DescriptiveStatistics statistics = new DescriptiveStatistics(values);
      double error =
          values.length < 2
              ? Double.NaN
              : statistics.getStandardDeviation() / Math.sqrt(values.length);
      double value = values.length == 0 ? Double.NaN : statistics.getMean();
      return new Measurement(
          round, benchmark, shots, metric, value, error, values.length, Double.NaN);
    }
  }
}
