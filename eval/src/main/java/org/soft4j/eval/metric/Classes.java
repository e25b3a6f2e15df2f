package org.soft4j.eval.metric;

import java.util.List;

/** Scores over pairs of the right and the chosen class, as scikit-learn computes them. */
final class Classes {
  private Classes() {}

  /** How often class b was chosen where class a was right, in one draw of items. */
  private interface Score {
    double of(long[][] counts);
  }

  static Aggregate.Statistic f1(List<List<Object>> pairs) {
    return counted(pairs, 2, counts -> f1(counts, 1));
  }

  static Aggregate.Statistic weightedF1(List<List<Object>> pairs) {
    return counted(
        pairs,
        0,
        counts -> {
          double sum = 0;
          double all = 0;
          for (int c = 0; c < counts.length; c++) {
            double support = right(counts, c);
            sum += support * f1(counts, c);
            all += support;
          }
          return sum / all;
        });
  }

  static Aggregate.Statistic macroF1(List<List<Object>> pairs) {
    return counted(
        pairs,
        0,
        counts -> {
          double sum = 0;
          int classes = 0;
          for (int c = 0; c < counts.length; c++) {
            // A class that is nowhere in the draw is none.
            if (right(counts, c) + chosen(counts, c) > 0) {
              sum += f1(counts, c);
              classes++;
            }
          }
          return sum / classes;
        });
  }

  static Aggregate.Statistic microF1(List<List<Object>> pairs) {
    return counted(
        pairs,
        0,
        counts -> {
          long agreed = 0;
          long all = 0;
          for (int c = 0; c < counts.length; c++) {
            agreed += counts[c][c];
            all += right(counts, c);
          }
          return (double) agreed / all;
        });
  }

  /** Gorodkin's form for any number of classes; 0 where one side is constant. */
  static Aggregate.Statistic matthews(List<List<Object>> pairs) {
    return counted(
        pairs,
        0,
        counts -> {
          double agreed = 0;
          double all = 0;
          double both = 0;
          double rights = 0;
          double choices = 0;
          for (int c = 0; c < counts.length; c++) {
            double right = right(counts, c);
            double chosen = chosen(counts, c);
            agreed += counts[c][c];
            all += right;
            both += right * chosen;
            rights += right * right;
            choices += chosen * chosen;
          }
          double spread = (all * all - choices) * (all * all - rights);
          return spread == 0 ? 0 : (agreed * all - both) / Math.sqrt(spread);
        });
  }

  private static double f1(long[][] counts, int of) {
    double hits = counts[of][of];
    double sides = (double) right(counts, of) + chosen(counts, of);
    return sides == 0 ? 0 : 2 * hits / sides;
  }

  private static long right(long[][] counts, int of) {
    long sum = 0;
    for (long count : counts[of]) {
      sum += count;
    }
    return sum;
  }

  private static long chosen(long[][] counts, int of) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[of];
    }
    return sum;
  }

  private static Aggregate.Statistic counted(List<List<Object>> pairs, int least, Score score) {
    int[] right = pairs.stream().mapToInt(pair -> ((Number) pair.get(0)).intValue()).toArray();
    int[] chosen = pairs.stream().mapToInt(pair -> ((Number) pair.get(1)).intValue()).toArray();
    int classes = least;
    for (int i = 0; i < right.length; i++) {
      classes = Math.max(classes, 1 + Math.max(right[i], chosen[i]));
    }
    int size = classes;
    return items -> {
      long[][] counts = new long[size][size];
      for (int item : items) {
        counts[right[item]][chosen[item]]++;
      }
      return score.of(counts);
    };
  }
}
