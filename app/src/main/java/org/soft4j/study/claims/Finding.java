package org.soft4j.study.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.soft4j.compare.NoiseRule;
import org.soft4j.eval.CrossedComparison;
import org.soft4j.eval.Statistics;
import org.soft4j.study.grid.FinishedCell;
import org.soft4j.study.grid.Score;
import org.soft4j.study.grid.StudyCondition;

/**
 * What one score says of a contrast.
 *
 * @param contrast what was asked
 * @param score by which
 * @param compared the mean over its pairs of second minus first, over seeds and items
 * @param corrected p-value, corrected as {@link NoiseRule} says: scores of one benchmark are a
 *     family within a contrast
 * @param detectable smallest true difference found with 80 % power at the two-sided 5 % level, by
 *     the spread that was seen
 */
public record Finding(
    Contrast contrast,
    Score score,
    CrossedComparison compared,
    double corrected,
    double detectable) {
  private static final double CONFIDENCE = 0.95;
  private static final int REPLICATES = 10_000;
  static final double POWER = 0.8;

  /** How a claim stands. */
  public enum Verdict {
    /** The claimed way is better, and that is no noise. */
    SUPPORTED("supported"),
    /** The other way is better, and that is no noise. */
    CONTRADICTED("contradicted"),
    /** Noise, or one seed. */
    UNDECIDED("not decided at this size");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /** How it stands. */
  public Verdict verdict() {
    if (NoiseRule.noise(corrected)) {
      return Verdict.UNDECIDED;
    }
    return compared.difference().value() > 0 ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
  }

  /** Whether no item differs under any seed. */
  boolean nothingMoved() {
    return compared.difference().value() == 0 && compared.p() == 1;
  }

  /**
   * Every contrast by every score that all of its cells have.
   *
   * @param cells of each condition, in the order of the seeds
   */
  public static List<Finding> of(
      List<Contrast> contrasts, List<Score> scores, Map<StudyCondition, List<FinishedCell>> cells) {
    List<Finding> found = new ArrayList<>();
    for (Contrast contrast : contrasts) {
      for (Score score : scores) {
        differences(contrast, score, cells)
            .map(d -> CrossedComparison.of(d, CONFIDENCE, REPLICATES, 0))
            .ifPresent(compared -> found.add(of(contrast, score, compared)));
      }
    }
    double[] corrected =
        Statistics.holm(
            found.stream().mapToDouble(f -> f.compared.p()).toArray(),
            found.stream().map(f -> List.of(f.contrast.words(), f.score.benchmark())).toList());
    return IntStream.range(0, found.size())
        .mapToObj(i -> found.get(i).corrected(corrected[i]))
        .toList();
  }

  private static Finding of(Contrast contrast, Score score, CrossedComparison compared) {
    double detectable = compared.detectable(CONFIDENCE, POWER, 1 - CONFIDENCE);
    return new Finding(contrast, score, compared, Double.NaN, detectable);
  }

  private Finding corrected(double value) {
    return new Finding(contrast, score, compared, value, detectable);
  }

  /** A cell after a round. */
  private record Point(FinishedCell cell, int round) {
    static Point of(FinishedCell cell, boolean kept) {
      return new Point(cell, kept ? cell.kept() : cell.lastRound());
    }
  }

  /**
   * By seed and item, the mean over the pairs; of the items that all have, or in one column by seed
   * alone where the score has no values by item. Empty where a cell has no value.
   */
  static Optional<double[][]> differences(
      Contrast contrast, Score score, Map<StudyCondition, List<FinishedCell>> cells) {
    List<List<Point>> first = new ArrayList<>();
    List<List<Point>> second = new ArrayList<>();
    for (Contrast.Pair pair : contrast.pairs()) {
      first.add(cells.get(pair.first()).stream().map(c -> Point.of(c, pair.firstKept())).toList());
      second.add(
          cells.get(pair.second()).stream().map(c -> Point.of(c, pair.secondKept())).toList());
    }
    return differences(first, second, score);
  }

  private static Optional<double[][]> differences(
      List<List<Point>> first, List<List<Point>> second, Score score) {
    List<String> items = common(first, second, score);
    int seeds = first.get(0).size();
    double[][] values = new double[seeds][Math.max(1, items.size())];
    for (int pair = 0; pair < first.size(); pair++) {
      for (int s = 0; s < seeds; s++) {
        double[] a = values(first.get(pair).get(s), items, score);
        double[] b = values(second.get(pair).get(s), items, score);
        for (int i = 0; i < a.length; i++) {
          values[s][i] += (b[i] - a[i]) / first.size();
        }
      }
    }
    return whole(values) ? Optional.of(values) : Optional.empty();
  }

  /** The scores themselves after a round, likewise. */
  static Optional<double[][]> scores(List<FinishedCell> cells, int round, Score score) {
    List<Point> points = cells.stream().map(cell -> new Point(cell, round)).toList();
    List<String> items = common(List.of(points), List.of(), score);
    double[][] values =
        points.stream().map(point -> values(point, items, score)).toArray(double[][]::new);
    return whole(values) ? Optional.of(values) : Optional.empty();
  }

  private static boolean whole(double[][] values) {
    return Arrays.stream(values).allMatch(row -> Arrays.stream(row).allMatch(Double::isFinite));
  }

  private static List<String> common(
      List<List<Point>> first, List<List<Point>> second, Score score) {
    Optional<TreeSet<String>> common = Optional.empty();
    for (List<List<Point>> side : List.of(first, second)) {
      for (Point point : side.stream().flatMap(List::stream).toList()) {
        TreeSet<String> own = new TreeSet<>(point.cell.items(point.round, score).keySet());
        common.ifPresent(own::retainAll);
        common = Optional.of(own);
      }
    }
    return common.map(List::copyOf).orElse(List.of());
  }

  private static double[] values(Point point, List<String> items, Score score) {
    if (items.isEmpty()) {
      return new double[] {point.cell.mean(point.round, score)};
    }
    Map<String, Double> own = point.cell.items(point.round, score);
    return items.stream().mapToDouble(own::get).toArray();
  }
}
