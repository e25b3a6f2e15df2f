package org.soft4j.speed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.knowm.xchart.XYChart;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;

/** The sweep as a figure: seconds over size, each line divided by its smallest size. */
final class SweepFigure {
  private SweepFigure() {}

  static XYChart of(Measured sweep) {
    XYChart chart =
        Charts.overRounds(
            "cost against size",
            "seconds, as multiples of the smallest",
            List.of(
                line("prompts labelled", sweep, "prompts_"),
                line("rounds of a micro run", sweep, "rounds_")));
    chart.setXAxisTitle("size, as multiples of the smallest");
    return chart;
  }

  /** Sizes and seconds as multiples of the smallest: y = x where the cost is linear. */
  private static Line line(String name, Measured sweep, String prefix) {
    double[][] points = points(sweep, prefix);
    double size = points[0].length == 0 ? 1 : points[0][0];
    double seconds = points[0].length == 0 ? 1 : points[1][0];
    double[] x = Arrays.stream(points[0]).map(v -> v / size).toArray();
    double[] y = Arrays.stream(points[1]).map(v -> v / seconds).toArray();
    return new Line(name, x, y);
  }

  /** Sizes in rising order, and their seconds. */
  static double[][] points(Measured sweep, String prefix) {
    List<Map.Entry<String, Double>> found =
        sweep.values().entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .sorted(
                Comparator.comparingInt(
                    e -> Integer.parseInt(e.getKey().substring(prefix.length()))))
            .toList();
    double[][] points = new double[2][found.size()];
    for (int i = 0; i < found.size(); i++) {
      points[0][i] = Integer.parseInt(found.get(i).getKey().substring(prefix.length()));
      points[1][i] = found.get(i).getValue();
    }
    return points;
  }

  /** Seconds = a + b size by least squares. */
  static SimpleRegression fit(Measured sweep, String prefix) {
    SimpleRegression fit = new SimpleRegression();
    double[][] points = points(sweep, prefix);
    for (int i = 0; i < points[0].length; i++) {
      fit.addData(points[0][i], points[1][i]);
    }
    return fit;
  }
}
