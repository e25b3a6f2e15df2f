package org.soft4j.eval.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.value.PythonText;

/** What scores over a corpus of texts share: counts of every item that add up over a draw. */
final class CorpusCounts {
  private CorpusCounts() {}

  /** Counts what a written text has of the right one; always as many numbers. */
  interface Counter {
    long[] of(String written, String right);
  }

  /** Makes a score of the sum of counts. */
  interface Score {
    double of(long[] sum);
  }

  /** The score over draws of items, which give the right text and the written one. */
  static Aggregate.Statistic over(List<List<Object>> pairs, Counter counter, Score score) {
    long[][] counts =
        pairs.stream()
            .map(pair -> counter.of((String) pair.get(1), (String) pair.get(0)))
            .toArray(long[][]::new);
    return items -> {
      long[] sum = new long[counts[0].length];
      for (int item : items) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += counts[item][i];
        }
      }
      return score.of(sum);
    };
  }

  /** How often each run of n parts stands there. */
  static Map<List<String>, Integer> grams(List<String> parts, int n) {
    Map<List<String>, Integer> grams = new HashMap<>();
    for (int i = 0; i + n <= parts.size(); i++) {
      grams.merge(parts.subList(i, i + n), 1, Integer::sum);
    }
    return grams;
  }

  /** How many stand in both; each at most as often as it is allowed. */
  static <G> int common(Map<G, Integer> found, Map<G, Integer> allowed) {
    return found.entrySet().stream()
        .mapToInt(gram -> Math.min(gram.getValue(), allowed.getOrDefault(gram.getKey(), 0)))
        .sum();
  }

  static int size(Map<?, Integer> grams) {
    return grams.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Python's rstrip(): Java's stripTrailing leaves no-break spaces. */
  static String withoutTrailingSpace(String text) {
    return PythonText.stripped(text, false, true);
  }
}
