package org.soft4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The one look that all figures share. */
final class Figure {
  static final int WIDTH = 560;
  // Of the line before a name, and the room around both.
  private static final double LEGEND_MARK = 46;
  static final int HEIGHT = 340;
  private static final int TITLE = 14;
  private static final int LABEL = 12;
  private static final int FAINT = 90;

  // Okabe and Ito's colours: told apart by colour-blind readers and in print.
  static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x5B4B8A),
    new Color(0x7A7A7A)
  };
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE3E3E3);

  private final XYChart chart;
  private boolean marked = true;
  private int drawn;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  Figure(String title, String x, String y) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
  }

  /** Ticks of the lower axis at whole numbers only, as rounds and demonstrations are counted. */
  Figure wholeNumbersBelow() {
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            v -> Math.abs(v - Math.rint(v)) < 1e-6 ? String.valueOf(Math.round(v)) : "");
    return this;
  }

  /** No markers, for lines of many points. */
  Figure plain() {
    marked = false;
    return this;
  }

  void add(Line given) {
    Line line = given.drawable();
    if (line.x().length == 0) {
      return;
    }
    XYSeries series =
        line.error().length == 0
            ? chart.addSeries(line.name(), line.x(), line.y())
            : chart.addSeries(line.name(), line.x(), line.y(), line.error());
    series.setMarker(marked ? MARKERS[drawn % MARKERS.length] : SeriesMarkers.NONE);
    colour(series, COLOURS[drawn % COLOURS.length]);
    drawn++;
    for (double x : line.x()) {
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
  }

  /** A thin line without markers and name, in the colour of a line that was added. */
  void faint(Line line, int of, int number) {
    XYSeries series = chart.addSeries("behind " + number, line.x(), line.y());
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
    Color colour = COLOURS[of % COLOURS.length];
    series.setLineColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT));
    series.setLineStyle(new BasicStroke(1f));
  }

  /** A dashed level over the whole width, such as chance. */
  void level(String name, double value) {
    if (drawn == 0) {
      return;
    }
    XYSeries series =
        chart.addSeries(name, new double[] {least, most}, new double[] {value, value});
    series.setMarker(SeriesMarkers.NONE);
    colour(series, new Color(0x999999));
    series.setLineStyle(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {5, 4}, 0));
  }

  XYChart chart() {
    if (most == least) {
      chart.getStyler().setXAxisMin(least - 1).setXAxisMax(most + 1);
    }
    chart.getStyler().setLegendVisible(chart.getSeriesCollection().size() > 1);
    if (legendWidth() > WIDTH - 2 * LEGEND_MARK) {
      chart
          .getStyler()
          .setLegendPosition(LegendPosition.OutsideE)
          .setLegendLayout(LegendLayout.Vertical);
    }
    return chart;
  }

  /** Of one row; XChart cuts what is beyond the figure's edge. */
  private double legendWidth() {
    Font font = chart.getStyler().getLegendFont();
    FontRenderContext screen = new FontRenderContext(null, true, true);
    return chart.getSeriesCollection().stream()
        .filter(Series::isShowInLegend)
        .mapToDouble(s -> LEGEND_MARK + font.getStringBounds(s.getLabel(), screen).getWidth())
        .sum();
  }

  /** The chart, its vertical axis at least as far as this one. */
  XYChart within(Axis axis) {
    chart.getStyler().setYAxisMin(axis.low()).setYAxisMax(axis.high());
    return chart();
  }

  private void colour(XYSeries series, Color colour) {
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    series.setLineStyle(new BasicStroke(marked ? 2f : 1.5f));
  }

  /** Fonts and colours that bars share with lines. */
  static void style(AxesChartStyler styler) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, LABEL);
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE))
        .setChartTitleBoxVisible(false)
        .setLegendFont(plain)
        .setLegendBorderColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setPlotBorderVisible(false)
        .setMarkerSize(7)
        .setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(plain)
        .setAxisTickLabelsFont(plain)
        .setPlotGridLinesColor(GRID)
        .setPlotGridVerticalLinesVisible(false)
        .setErrorBarsColorSeriesColor(true);
    styler.setYAxisDecimalPattern("0.####");
  }
}
