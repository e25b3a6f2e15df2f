package org.soft4j.plot;

import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** Bars in the look of {@link Figure}. */
final class BarFigure {
  private static final double FILLED = 0.7;
  private static final int LETTER_PIXELS = 8;
  private static final int LEAST_NAME_PIXELS = 10;
  private static final int MOST_NAME_PIXELS = 50;

  private BarFigure() {}

  static CategoryChart of(String title, String unit, List<String> groups, List<Line> bars) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Figure.WIDTH)
            .height(Figure.HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    Figure.style(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(FILLED).setLegendVisible(bars.size() > 1);
    chart.getStyler().setXAxisTickMarkSpacingHint(namePixels(groups));
    for (int i = 0; i < bars.size(); i++) {
      CategorySeries series = add(chart, groups, bars.get(i));
      series.setFillColor(Figure.COLOURS[i % Figure.COLOURS.length]);
      series.setLineColor(Figure.COLOURS[i % Figure.COLOURS.length]);
    }
    return chart;
  }

  /** The library leaves out names that stand closer than this. */
  private static int namePixels(List<String> groups) {
    int letters = groups.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(LEAST_NAME_PIXELS, Math.min(MOST_NAME_PIXELS, LETTER_PIXELS * letters));
  }

  private static CategorySeries add(CategoryChart chart, List<String> groups, Line bar) {
    if (bar.y().length != groups.size()) {
      throw new IllegalArgumentException(
          "bars %s have %s values for %s groups"
              .formatted(bar.name(), bar.y().length, groups.size()));
    }
    return bar.error().length == 0
        ? chart.addSeries(bar.name(), groups, numbers(bar.y()))
        : chart.addSeries(bar.name(), groups, numbers(bar.y()), numbers(bar.error()));
  }

  /** A bar cannot be drawn without a value; XChart leaves out what is null. */
  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).mapToObj(v -> Double.isFinite(v) ? v : null).toList();
  }
}
