package org.soft4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.soft4j.eval.Measurement;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import org.soft4j.plot.Plot;

/** The figures of a run, by name; the report embeds them and a notebook shows them. */
public final class RunFigures {
  private final RunReader files;
  private final List<Measurement> measurements;

  /** Figures from a run folder's files. */
  public RunFigures(RunReader files) {
    this.files = files;
    this.measurements = files.measurements();
  }

  /** Each score that stands for the run, over the rounds. */
  public Map<String, XYChart> scoresOverRounds() {
    return charts(roundPlots());
  }

  /** Each of those over the number of demonstrations, where there are two numbers or more. */
  public Map<String, XYChart> scoresOverShots() {
    return charts(shotPlots());
  }

  /** Each collapse measure over the rounds. */
  public Map<String, XYChart> collapse() {
    return charts(collapsePlots());
  }

  /** Loss of all trainings, one line per round. */
  public Map<String, XYChart> training() {
    return charts(trainingPlots());
  }

  private static Map<String, XYChart> charts(Map<String, Plot> plots) {
    Map<String, XYChart> charts = new LinkedHashMap<>();
    plots.forEach((name, plot) -> charts.put(name, plot.chart()));
    return charts;
  }

  Map<String, Plot> roundPlots() {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (List<String> score : scores()) {
      plots.put(
          String.join(" ", score),
          Charts.roundsPlot(inUnit(score), score.get(0), score.get(1), unit(score), reach(score)));
    }
    return plots;
  }

  Map<String, Plot> shotPlots() {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (List<String> score : scores()) {
      long shots =
          measurements.stream()
              .filter(m -> of(m, score))
              .mapToInt(Measurement::shots)
              .distinct()
              .count();
      if (shots > 1) {
        plots.put(
            String.join(" ", score),
            Charts.shotsPlot(inUnit(score), score.get(0), score.get(1), unit(score), reach(score)));
      }
    }
    return plots;
  }

  Map<String, Plot> collapsePlots() {
    Map<String, List<Measurement>> byMetric =
        measurements.stream()
            .filter(m -> !Kinds.score(m))
            .collect(
                Collectors.groupingBy(
                    m -> m.benchmark() + " " + m.metric(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, Plot> plots = new LinkedHashMap<>();
    byMetric.forEach(
        (name, rows) -> {
          String unit = Kinds.unit(rows.get(0));
          Plot.Reach reach = unit.equals("share") ? Plot.Reach.SHARE : Plot.Reach.VALUES;
          plots.put(name, Charts.roundsPlot(name, unit, List.of(line(rows)), reach));
        });
    return plots;
  }

  Map<String, Plot> trainingPlots() {
    List<Line> lines = new ArrayList<>();
    for (int round : files.rounds()) {
      List<Double> losses = files.losses(round);
      if (!losses.isEmpty()) {
        lines.add(Line.of("round " + round, losses));
      }
    }
    return lines.isEmpty() ? Map.of() : Map.of("training loss", Charts.lossPlot(lines));
  }

  private Plot.Reach reach(List<String> score) {
    return files.scale().of(score.get(0), score.get(1)) == 1
        ? Plot.Reach.VALUES
        : Plot.Reach.POINTS;
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
