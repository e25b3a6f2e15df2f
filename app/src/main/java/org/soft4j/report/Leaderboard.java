package org.soft4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.soft4j.compare.NoiseRule;
import org.soft4j.compare.ScoredRun;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;

/**
 * Models ranked by the mean over their benchmarks: of each benchmark the first score, in points of
 * a hundred, that all of them have. Benchmarks count alike, whatever their numbers of items.
 *
 * @param columns names of the scores
 * @param rows the best model first
 */
public record Leaderboard(List<String> columns, List<Row> rows) {
  private static final double NORMAL_95 = 1.959964;
  private static final double POINTS = 100;

  /**
   * A model.
   *
   * @param rank from 1
   * @param run its folder
   * @param mean over the columns, and its 95 % interval
   * @param behind the first model less this one, paired over the items, with its 95 % interval;
   *     empty for the first
   * @param mark a circle where this is noise, else an arrow down; empty for the first
   * @param p after Holm over the models
   * @param cells a score per column
   */
  public record Row(
      String rank,
      String run,
      ScoreTable.Cell mean,
      String behind,
      String mark,
      String p,
      List<ScoreTable.Cell> cells) {}

  /** A score: benchmark, metric, number of demonstrations. */
  private record Score(String benchmark, String metric, int shots) {
    static Score of(Measurement m) {
      return new Score(m.benchmark(), m.metric(), m.shots());
    }
  }

  /** A difference and its standard error. */
  record Gap(double value, double error) {
    double p() {
      if (error == 0) {
        return value == 0 ? 1 : Double.NaN;
      }
      double tail =
          new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(value) / error);
      // One too small for a double is not zero.
      return Math.max(2 * tail, Double.MIN_VALUE);
    }
  }

  /**
   * Ranks them; empty where they have no score in common.
   *
   * @param scores of each run what stands for it
   * @param items of each run what its items scored, in the same order
   */
  static Optional<Leaderboard> of(
      List<RunReader> runs, List<List<Measurement>> scores, List<ScoredRun> items) {
    List<Map<Score, Measurement>> byScore = new ArrayList<>();
    for (List<Measurement> rows : scores) {
      Map<Score, Measurement> map = new LinkedHashMap<>();
      rows.forEach(m -> map.put(Score.of(m), m));
      byScore.add(map);
    }
    List<Score> columns = columns(runs, byScore);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> order =
        IntStream.range(0, runs.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -mean(columns, byScore.get(i)).value()))
            .toList();
    int first = order.get(0);
    List<Gap> gaps =
        order.stream()
            .map(
                i ->
                    gap(
                        columns,
                        new Side(byScore.get(first), items.get(first)),
                        new Side(byScore.get(i), items.get(i))))
            .toList();
    double[] p = Statistics.holm(gaps.stream().skip(1).mapToDouble(Gap::p).toArray());
    List<Row> rows = new ArrayList<>();
    for (int place = 0; place < order.size(); place++) {
      int run = order.get(place);
      double corrected = place == 0 ? Double.NaN : p[place - 1];
      rows.add(
          new Row(
              String.valueOf(place + 1),
              runs.get(run).name(),
              meanCell(columns, byScore.get(run)),
              place == 0 ? "" : text(gaps.get(place)),
              place == 0 ? "" : NoiseRule.mark(-1, corrected),
              place == 0 ? "" : Decimals.probability(corrected),
              columns.stream()
                  .map(c -> ScoreTable.cell(byScore.get(run).get(c), runs.get(run).scale(), ""))
                  .toList()));
    }
    return Optional.of(new Leaderboard(columns.stream().map(Leaderboard::name).toList(), rows));
  }

  /** Of each benchmark the first score in points that all have, at the fewest demonstrations. */
  private static List<Score> columns(List<RunReader> runs, List<Map<Score, Measurement>> byScore) {
    Map<String, Score> columns = new LinkedHashMap<>();
    byScore.get(0).keySet().stream()
        .filter(score -> byScore.stream().allMatch(map -> map.containsKey(score)))
        .filter(score -> byScore.stream().allMatch(map -> !Double.isNaN(map.get(score).value())))
        .filter(
            score ->
                runs.stream()
                    .allMatch(run -> run.scale().of(score.benchmark, score.metric) == POINTS))
        .forEach(
            score ->
                columns.merge(
                    score.benchmark, score, (one, other) -> other.shots < one.shots ? other : one));
    return List.copyOf(columns.values());
  }

  private static String name(Score score) {
    return "%s %s, %s".formatted(score.benchmark, score.metric, ScoreTable.shots(score.shots));
  }

  /** Mean over the columns with its standard error, each benchmark's items being its own. */
  static Gap mean(List<Double> values, List<Double> errors) {
    return new Gap(
        Statistics.mean(values.stream().mapToDouble(v -> v).toArray()),
        Math.sqrt(errors.stream().mapToDouble(e -> e * e).sum()) / errors.size());
  }

  private static Gap mean(List<Score> columns, Map<Score, Measurement> scores) {
    return mean(
        columns.stream().map(c -> scores.get(c).value()).toList(),
        columns.stream().map(c -> scores.get(c).standardError()).toList());
  }

  private static ScoreTable.Cell meanCell(List<Score> columns, Map<Score, Measurement> scores) {
    if (columns.size() == 1) {
      return ScoreTable.cell(scores.get(columns.get(0)), Scale.POINTS, "");
    }
    Gap mean = mean(columns, scores);
    double half = NORMAL_95 * mean.error;
    String interval =
        Double.isFinite(half)
            ? points("%.1f", Math.max(0, mean.value - half))
                + " to "
                + points("%.1f", Math.min(1, mean.value + half))
            : "";
    return new ScoreTable.Cell(
        points("%.1f", mean.value), points("%.1f", mean.error), interval, "");
  }

  private static String text(Gap gap) {
    double half = NORMAL_95 * gap.error;
    String text = points("%.1f", gap.value);
    return Double.isFinite(half)
        ? "%s (%s to %s)"
            .formatted(text, points("%.1f", gap.value - half), points("%.1f", gap.value + half))
        : text;
  }

  private static String points(String form, double value) {
    return Decimals.text(form, POINTS * value);
  }

  /** One model's scores, and what its items scored. */
  private record Side(Map<Score, Measurement> scores, ScoredRun items) {
    Map<String, Double> values(Score score) {
      Map<String, Double> values = new HashMap<>();
      items
          .scores()
          .getOrDefault(new ScoredRun.Slot(score.benchmark, score.shots), Map.of())
          .forEach(
              (item, metrics) ->
                  Optional.ofNullable(metrics.get(score.metric))
                      .ifPresent(value -> values.put(item, value)));
      return values;
    }
  }

  /** How far the second is below the first. */
  private static Gap gap(List<Score> columns, Side first, Side second) {
    List<Gap> gaps = columns.stream().map(c -> gap(c, first, second)).toList();
    return mean(gaps.stream().map(Gap::value).toList(), gaps.stream().map(Gap::error).toList());
  }

  /** Over the items that both have; of different items, or none, from the errors of both means. */
  private static Gap gap(Score score, Side first, Side second) {
    Map<String, Double> a = first.values(score);
    Map<String, Double> b = second.values(score);
    Measurement one = first.scores.get(score);
    Measurement other = second.scores.get(score);
    double[] differences =
        a.keySet().stream()
            .filter(b::containsKey)
            .sorted()
            .mapToDouble(item -> a.get(item) - b.get(item))
            .toArray();
    return differences.length == one.items() && differences.length == other.items()
        ? new Gap(Statistics.mean(differences), Statistics.standardError(differences))
        : new Gap(
            one.value() - other.value(),
            Math.sqrt(square(one.standardError()) + square(other.standardError())));
  }

  private static double square(double value) {
    return value * value;
  }
}
