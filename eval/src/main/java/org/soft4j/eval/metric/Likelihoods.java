package org.soft4j.eval.metric;

import java.util.List;

/** Perplexities over the items of a task; logarithms are natural. */
final class Likelihoods {
  private Likelihoods() {}

  /** Items give their log-probability. */
  static Aggregate.Statistic perplexity(List<List<Object>> items) {
    Aggregate.Statistic mean = mean(column(items, 0));
    return drawn -> Math.exp(-mean.over(drawn));
  }

  /** Items give their log-probability and their length. */
  static Aggregate.Statistic weightedPerplexity(List<List<Object>> items) {
    Aggregate.Statistic mean = weightedMean(items);
    return drawn -> Math.exp(-mean.over(drawn));
  }

  /** Items give their log-probability and their bytes. */
  static Aggregate.Statistic bitsPerByte(List<List<Object>> items) {
    Aggregate.Statistic mean = weightedMean(items);
    return drawn -> -mean.over(drawn) / Math.log(2);
  }

  /** Items give the right choice's number and the probabilities of all choices in a list. */
  static Aggregate.Statistic brier(List<List<Object>> items) {
    return mean(items.stream().mapToDouble(Likelihoods::distance).toArray());
  }

  /** The mean of one value an item. */
  static Aggregate.Statistic mean(double[] values) {
    return drawn -> sum(values, drawn) / drawn.length;
  }

  private static double distance(List<Object> item) {
    List<?> probabilities = (List<?>) item.get(1);
    double distance = 0;
    for (int i = 0; i < probabilities.size(); i++) {
      boolean right = ((Number) item.get(0)).intValue() == i;
      double miss = ((Number) probabilities.get(i)).doubleValue() - (right ? 1 : 0);
      distance += miss * miss;
    }
    return distance;
  }

  private static Aggregate.Statistic weightedMean(List<List<Object>> items) {
    double[] logs = column(items, 0);
    double[] lengths = column(items, 1);
    return drawn -> sum(logs, drawn) / sum(lengths, drawn);
  }

  private static double sum(double[] values, int[] drawn) {
    double sum = 0;
    for (int item : drawn) {
      sum += values[item];
    }
    return sum;
  }

  private static double[] column(List<List<Object>> items, int at) {
    return items.stream().mapToDouble(item -> ((Number) item.get(at)).doubleValue()).toArray();
  }
}
