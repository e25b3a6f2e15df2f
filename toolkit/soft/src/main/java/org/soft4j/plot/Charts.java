package org.soft4j.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.soft4j.eval.Measurement;

/** The figures of a run, from its measurements. */
public final class Charts {
  private Charts() {}

  /**
   * One metric over the rounds, a line per number of demonstrations, error bars of one standard
   * error.
   *
   * @param measurements of any benchmarks and metrics; the others are left out
   */
  public static XYChart overRounds(
      List<Measurement> measurements, String benchmark, String metric) {
    return overRounds(measurements, benchmark, metric, metric);
  }

  /** As above, with the text of the vertical axis: in which unit the values are. */
  public static XYChart overRounds(
      List<Measurement> measurements, String benchmark, String metric, String unit) {
    return roundsPlot(measurements, benchmark, metric, unit, Plot.Reach.VALUES).chart();
  }

  /** The same for a page too, with how far the vertical axis reaches. */
  public static Plot roundsPlot(
      List<Measurement> measurements,
      String benchmark,
      String metric,
      String unit,
      Plot.Reach reach) {
    List<Measurement> chosen = only(measurements, benchmark, metric);
    List<Line> lines = new ArrayList<>();
    grouped(chosen, Measurement::shots)
        .forEach((shots, rows) -> lines.add(line(shotsName(shots), rows, Measurement::round)));
    double chance =
        chosen.stream()
            .mapToDouble(Measurement::chance)
            .filter(Double::isFinite)
            .findFirst()
            .orElse(Double.NaN);
    return new Plot(benchmark + " " + metric, "round", unit, lines, chance, reach, false);
  }

  /**
   * One metric over the number of demonstrations, a line per round, error bars of one standard
   * error: what SOFT lives on is the slope of round 0.
   */
  public static XYChart overShots(List<Measurement> measurements, String benchmark, String metric) {
    return overShots(measurements, benchmark, metric, metric);
  }

  /** As above, with the text of the vertical axis: in which unit the values are. */
  public static XYChart overShots(
      List<Measurement> measurements, String benchmark, String metric, String unit) {
    return shotsPlot(measurements, benchmark, metric, unit, Plot.Reach.VALUES).chart();
  }

  /** The same for a page too, with how far the vertical axis reaches. */
  public static Plot shotsPlot(
      List<Measurement> measurements,
      String benchmark,
      String metric,
      String unit,
      Plot.Reach reach) {
    List<Line> lines = new ArrayList<>();
    grouped(only(measurements, benchmark, metric), Measurement::round)
        .forEach((round, rows) -> lines.add(line(roundName(round), rows, Measurement::shots)));
    return new Plot(
        benchmark + " " + metric,
        "demonstrations in the context",
        unit,
        lines,
        Double.NaN,
        reach,
        false);
  }

  /**
   * Measurements of one score, under the name of a model.
   *
   * @param name in the legend
   * @param rows one per number of demonstrations
   */
  public record Named(String name, List<Measurement> rows) {}

  /**
   * One score over the number of demonstrations, a line per model, error bars of one standard
   * error.
   *
   * @param title benchmark and metric
   */
  public static XYChart overShots(String title, List<Named> models) {
    List<Line> lines =
        models.stream().map(m -> line(m.name(), m.rows(), Measurement::shots)).toList();
    String below = "demonstrations in the context";
    return new Plot(title, below, "score", lines, Double.NaN, Plot.Reach.VALUES, false).chart();
  }

  /** Lines of any kind over the rounds, such as the collapse measures. */
  public static XYChart overRounds(String title, String unit, List<Line> lines) {
    return roundsPlot(title, unit, lines, Plot.Reach.VALUES).chart();
  }

  /** The same for a page too, with how far the vertical axis reaches. */
  public static Plot roundsPlot(String title, String unit, List<Line> lines, Plot.Reach reach) {
    return new Plot(title, "round", unit, lines, Double.NaN, reach, false);
  }

  /**
   * Lines over the share of the prompts learned so far, so that methods with different numbers of
   * rounds stand above each other.
   *
   * @param lines abscissae in points of a hundred
   */
  public static XYChart overPrompts(String title, String unit, List<Line> lines) {
    Figure figure = new Figure(title, "prompts learned, % of all", unit);
    lines.forEach(figure::add);
    XYChart chart = figure.within(axis(lines));
    // A third is no whole number, and its name shall stand there all the same.
    chart.getStyler().setXAxisDecimalPattern("0");
    return chart;
  }

  /** Points over the seeds, such as a score of every run of each method; seeds have no order. */
  public static XYChart overSeeds(String title, String unit, List<Line> points) {
    Figure figure = new Figure(title, "seed", unit).wholeNumbersBelow();
    points.forEach(figure::add);
    XYChart chart = figure.within(axis(points));
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    return chart;
  }

  /**
   * Bars side by side, for what has no order, such as judges or settings; error bars where a line
   * has them.
   *
   * @param groups names below the bars
   * @param bars one colour each; as many values as groups, and its abscissae mean nothing
   */
  public static CategoryChart bars(
      String title, String unit, List<String> groups, List<Line> bars) {
    return BarFigure.of(title, unit, groups, bars);
  }

  /** Training loss per optimizer step, a line per round. */
  public static XYChart trainingLoss(List<Line> lines) {
    return lossPlot(lines).chart();
  }

  /** The same for a page too. */
  public static Plot lossPlot(List<Line> lines) {
    return new Plot(
        "training loss",
        "optimizer step",
        "nats per token",
        lines,
        Double.NaN,
        Plot.Reach.VALUES,
        true);
  }

  private static Axis axis(List<Line> lines) {
    return new Plot("", "", "", lines, Double.NaN, Plot.Reach.VALUES, false).axis();
  }

  private static List<Measurement> only(List<Measurement> all, String benchmark, String metric) {
    return all.stream()
        .filter(m -> m.benchmark().equals(benchmark) && m.metric().equals(metric))
        .toList();
  }

  private static Map<Integer, List<Measurement>> grouped(
      List<Measurement> rows, ToIntFunction<Measurement> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key::applyAsInt, TreeMap::new, Collectors.toList()));
  }

  private static Line line(String name, List<Measurement> rows, ToIntFunction<Measurement> x) {
    List<Measurement> sorted = rows.stream().sorted(Comparator.comparingInt(x)).toList();
    return new Line(
        name,
        sorted.stream().mapToDouble(x::applyAsInt).toArray(),
        sorted.stream().mapToDouble(Measurement::value).toArray(),
        sorted.stream().mapToDouble(Measurement::standardError).toArray());
  }

  private static String shotsName(int shots) {
    return shots == 0 ? "zero-shot" : shots == 1 ? "one-shot" : shots + "-shot";
  }

  private static String roundName(int round) {
    return round == 0 ? "base model" : "round " + round;
  }
}
