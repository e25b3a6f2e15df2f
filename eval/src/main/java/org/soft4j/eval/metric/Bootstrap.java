package org.soft4j.eval.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.soft4j.eval.python.PythonRandom;

/**
 * The standard error of a number over items by drawing items with replacement (Efron 1979), as
 * lm-evaluation-harness draws: in chunks of 1,000 replicates at most, chunk i by Python's {@code
 * random.Random(i).choices}. The replicates are the harness's own, one by one.
 */
final class Bootstrap {
  private static final int CHUNK = 1000;

  private Bootstrap() {}

  /** The sample standard deviation of so many replicates. */
  static double standardError(Aggregate.Statistic statistic, int items, int replicates) {
    int size = Math.min(CHUNK, replicates);
    double[] drawn =
        IntStream.range(0, replicates / size)
            .parallel()
            .mapToObj(chunk -> chunk(statistic, items, chunk, size))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    double mean = Arrays.stream(drawn).sum() / drawn.length;
    double squares = Arrays.stream(drawn).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (drawn.length - 1));
  }

  private static double[] chunk(
      Aggregate.Statistic statistic, int items, int seed, int replicates) {
    PythonRandom random = new PythonRandom(seed);
    double[] values = new double[replicates];
    int[] drawn = new int[items];
    for (int r = 0; r < replicates; r++) {
      for (int i = 0; i < items; i++) {
        drawn[i] = random.choice(items);
      }
      values[r] = statistic.over(drawn);
    }
    return values;
  }
}
