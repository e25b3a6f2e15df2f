package org.soft4j.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.soft4j.eval.Measurement;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Images;
import org.soft4j.plot.Line;

/** The figures of a run, by name; the report embeds them and a notebook shows them. */
public final class RunFigures {
  private static final int CRISP = 2;

  private final RunReader files;
  private final List<Measurement> measurements;

  /** Figures from a run folder's files. */
  public RunFigures(RunReader files) {
    this.files = files;
    this.measurements = files.measurements();
  }

  /** Each score that stands for the run, over the rounds. */
  public Map<String, XYChart> scoresOverRounds() {
    Map<String, XYChart> charts = new LinkedHashMap<>();
    for (List<String> score : scores()) {
      charts.put(
          String.join(" ", score),
          Charts.overRounds(inUnit(score), score.get(0), score.get(1), unit(score)));
    }
    return charts;
  }

  /** Each of those over the number of demonstrations, where there are two numbers or more. */
  public Map<String, XYChart> scoresOverShots() {
    Map<String, XYChart> charts = new LinkedHashMap<>();
    for (List<String> score : scores()) {
      long shots =
          measurements.stream()
              .filter(m -> of(m, score))
              .mapToInt(Measurement::shots)
              .distinct()
              .count();
      if (shots > 1) {
        charts.put(
            String.join(" ", score),
            Charts.overShots(inUnit(score), score.get(0), score.get(1), unit(score)));
      }
    }
    return charts;
  }

  /** Each collapse measure over the rounds. */
  public Map<String, XYChart> collapse() {
    Map<String, List<Measurement>> byMetric =
        measurements.stream()
            .filter(m -> !Kinds.score(m))
            .collect(
                Collectors.groupingBy(
                    m -> m.benchmark() + " " + m.metric(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, XYChart> charts = new LinkedHashMap<>();
    byMetric.forEach(
        (name, rows) ->
            charts.put(
                name, Charts.overRounds(name, Kinds.unit(rows.get(0)), List.of(line(rows)))));
    return charts;
  }

  /** Loss of all trainings, one line per round. */
  public Map<String, XYChart> training() {
    List<Line> lines = new ArrayList<>();
    for (int round : files.rounds()) {
      List<Double> losses = files.losses(round);
      if (!losses.isEmpty()) {
        lines.add(Line.of("round " + round, losses));
      }
    }
    return lines.isEmpty() ? Map.of() : Map.of("training loss", Charts.trainingLoss(lines));
  }

  static List<FiguresPanel.Picture> pictures(Map<String, XYChart> charts) {
    return charts.entrySet().stream()
        .map(
            e ->
                new FiguresPanel.Picture(
                    e.getKey(),
                    Base64.getEncoder().encodeToString(Images.png(e.getValue(), CRISP))))
        .toList();
  }

  /** In the unit of the tables. */
  private List<Measurement> inUnit(List<String> score) {
    double factor = files.scale().of(score.get(0), score.get(1));
    return measurements.stream().filter(m -> of(m, score)).map(m -> times(m, factor)).toList();
  }

  private String unit(List<String> score) {
    boolean share = files.scale().of(score.get(0), score.get(1)) != 1;
    return share ? score.get(1) + ", points of a hundred" : score.get(1);
  }

  private static Measurement times(Measurement m, double factor) {
    return new Measurement(
        m.round(),
        m.benchmark(),
        m.shots(),
        m.metric(),
        factor * m.value(),
        factor * m.standardError(),
        m.items(),
        factor * m.chance());
  }

  private List<List<String>> scores() {
    return Kinds.headline(measurements, files.headline()).stream()
        .map(m -> List.of(m.benchmark(), m.metric()))
        .distinct()
        .toList();
  }

  private static boolean of(Measurement m, List<String> score) {
    return m.benchmark().equals(score.get(0)) && m.metric().equals(score.get(1));
  }

  private static Line line(List<Measurement> rows) {
    Map<Integer, Measurement> byRound = new TreeMap<>();
    rows.forEach(m -> byRound.put(m.round(), m));
    return new Line(
        rows.get(0).metric(),
        byRound.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
        byRound.values().stream().mapToDouble(Measurement::value).toArray(),
        byRound.values().stream().mapToDouble(Measurement::standardError).toArray());
  }
}
