package org.soft4j.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.soft4j.core.Printable;

/**
 * Draws a {@link Plot} as SVG: each line has a colour, a dash and a marker of its own, its points
 * and error bars stand a little beside those of the others, and its name stands at its end, so that
 * lines that coincide can be told apart, also without colours.
 */
final class SvgPlot {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 310;
  private static final double LEFT = 52;
  private static final double TOP = 38;
  private static final double BOTTOM = 46;
  private static final double ROOM = 22;
  private static final double LETTER = 6.8;
  private static final double LINE = 15;
  private static final double ASIDE = 5;
  private static final double MARK = 4;
  private static final int LONGEST = 16;
  private static final int MOST_POINTS = 1000;
  private static final String[] DASHES = {"", "7 4", "2 3", "9 3 2 3", "12 5", "4 2"};

  private final Plot plot;
  private final Axis axis;
  private final double right;
  private final StringBuilder svg = new StringBuilder();

  SvgPlot(Plot plot) {
    this.plot = plot;
    axis = plot.axis();
    int longest = plot.lines().stream().map(this::label).mapToInt(String::length).max().orElse(0);
    right = WIDTH - 24 - LETTER * longest;
  }

  String text() {
    put(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\""
            + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"13\""
            + " fill=\"#333\">%n",
        (int) WIDTH, (int) HEIGHT, safe(plot.title()));
    write("start", LEFT, 18, plot.title(), " font-size=\"14\" font-weight=\"bold\"");
    axes();
    if (Double.isFinite(plot.chance())) {
      chance();
    }
    plot.behind().forEach(this::faint);
    for (int i = 0; i < plot.lines().size(); i++) {
      line(i);
    }
    names();
    return svg.append("</svg>").toString();
  }

  private void axes() {
    for (double tick : axis.ticks()) {
      put(
          "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"#e3e3e3\"/>%n",
          at(LEFT), at(right), at(y(tick)), at(y(tick)));
      write("end", LEFT - 6, y(tick) + 4, number(tick, axis.decimals()), "");
    }
    for (double tick : below()) {
      write("middle", x(tick), HEIGHT - BOTTOM + 18, number(tick, 0), "");
    }
    write("middle", (LEFT + right) / 2, HEIGHT - 10, plot.x(), "");
    write("start", LEFT, TOP - 6, plot.y(), " font-size=\"11\" fill=\"#5c6570\"");
  }

  /** Rounds and demonstrations where there are points; of many steps a few round ones. */
  private List<Double> below() {
    TreeSet<Double> points = new TreeSet<>();
    plot.lines().forEach(line -> DoubleStream.of(line.x()).forEach(points::add));
    if (points.size() <= 12 && !plot.steps()) {
      return List.copyOf(points);
    }
    return Axis.of(Plot.Reach.VALUES, new double[] {plot.least(), plot.most()}).ticks().stream()
        .filter(tick -> tick >= plot.least() && tick <= plot.most() && tick == Math.rint(tick))
        .toList();
  }

  private void chance() {
    put(
        "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"#8a8a8a\""
            + " stroke-dasharray=\"3 4\"/>%n",
        at(LEFT), at(right), at(y(plot.chance())), at(y(plot.chance())));
    write(
        "start",
        LEFT + 4,
        y(plot.chance()) - 4,
        "chance " + number(plot.chance(), axis.decimals()),
        " font-size=\"11\" fill=\"#5c6570\"");
  }

  private void faint(Line line) {
    int index = plot.place(line);
    put(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1\""
            + " stroke-opacity=\".35\"/>%n",
        points(index, thinned(line)), colour(index));
  }

  private String points(int index, Line line) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < line.x().length; i++) {
      points
          .append(i == 0 ? "" : " ")
          .append(at(x(line.x()[i]) + aside(index)))
          .append(',')
          .append(at(y(line.y()[i])));
    }
    return points.toString();
  }

  private void line(int index) {
    Line line = thinned(plot.lines().get(index));
    String dash = DASHES[index % DASHES.length];
    put(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>%n",
        points(index, line),
        colour(index),
        plot.steps() ? "1.5" : "2",
        dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
    for (int i = 0; i < line.x().length && !plot.steps(); i++) {
      point(index, line, i);
    }
  }

  private void point(int index, Line line, int i) {
    double centre = x(line.x()[i]) + aside(index);
    double error = line.error().length == 0 ? 0 : line.error()[i];
    if (error > 0) {
      put(
          "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n",
          at(centre),
          at(centre),
          at(y(Math.max(axis.low(), line.y()[i] - error))),
          at(y(Math.min(axis.high(), line.y()[i] + error))),
          colour(index));
    }
    String said =
        number(line.y()[i], decimals()) + (error > 0 ? " ± " + number(error, decimals()) : "");
    put(
        "<path d=\"%s\" fill=\"%s\" stroke=\"#fff\"><title>%s</title></path>%n",
        mark(index, centre, y(line.y()[i])),
        colour(index),
        safe(line.name() + ", " + plot.x() + " " + number(line.x()[i], 0) + ": " + said));
  }

  /** A disc, a square, a diamond or a triangle. */
  private static String mark(int index, double x, double y) {
    double m = MARK;
    return switch (index % 4) {
      case 0 ->
          "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z"
              .formatted(at(x - m), at(y), at(m), at(m), at(2 * m), at(m), at(m), at(2 * m));
      case 1 ->
          "M%s %sh%sv%sh-%sz".formatted(at(x - m), at(y - m), at(2 * m), at(2 * m), at(2 * m));
      case 2 ->
          "M%s %sL%s %sL%s %sL%s %sz"
              .formatted(
                  at(x),
                  at(y - m - 1),
                  at(x + m + 1),
                  at(y),
                  at(x),
                  at(y + m + 1),
                  at(x - m - 1),
                  at(y));
      default ->
          "M%s %sL%s %sL%s %sz"
              .formatted(at(x), at(y - m - 1), at(x + m + 1), at(y + m), at(x - m - 1), at(y + m));
    };
  }

  /** The name of each line beside its end, moved apart where ends coincide. */
  private void names() {
    List<Integer> order = new ArrayList<>();
    double[] ends = new double[plot.lines().size()];
    for (int i = 0; i < ends.length; i++) {
      double[] y = plot.lines().get(i).y();
      ends[i] = y(y[y.length - 1]);
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> ends[i]));
    double[] places = new double[ends.length];
    double free = TOP;
    for (int i : order) {
      places[i] = Math.max(free, ends[i]);
      free = places[i] + LINE;
    }
    double lowest = HEIGHT - BOTTOM;
    for (int k = order.size() - 1; k >= 0; k--) {
      places[order.get(k)] = Math.min(places[order.get(k)], lowest);
      lowest = places[order.get(k)] - LINE;
    }
    for (int i : order) {
      Line line = plot.lines().get(i);
      double from = x(line.x()[line.x().length - 1]) + aside(i);
      put(
          "<polyline points=\"%s,%s %s,%s %s,%s\" fill=\"none\" stroke=\"%s\" stroke-width=\".7\"/>%n",
          at(from),
          at(ends[i]),
          at(right + 4),
          at(places[i]),
          at(right + 12),
          at(places[i]),
          colour(i));
      write("start", right + 15, places[i] + 4, label(line), "");
    }
  }

  private String label(Line line) {
    String name = line.name();
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST - 1).strip() + "…" : name;
    return shown + " " + number(line.y()[line.y().length - 1], decimals());
  }

  private int decimals() {
    return plot.reach() == Plot.Reach.POINTS ? 1 : Math.max(2, axis.decimals());
  }

  /** Means over neighbours, where there are more points than a figure has room for. */
  private static Line thinned(Line line) {
    int each = (line.x().length + MOST_POINTS - 1) / MOST_POINTS;
    if (each <= 1) {
      return line;
    }
    int count = (line.x().length + each - 1) / each;
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < line.x().length; i++) {
      int members = Math.min(each, line.x().length - i / each * each);
      x[i / each] += line.x()[i] / members;
      y[i / each] += line.y()[i] / members;
    }
    return new Line(line.name(), x, y);
  }

  private double aside(int index) {
    return plot.steps() ? 0 : ASIDE * (index - (plot.lines().size() - 1) / 2.0);
  }

  private double x(double value) {
    double room = plot.steps() ? 0 : ROOM;
    double span = plot.most() - plot.least();
    double share = span == 0 ? 0.5 : (value - plot.least()) / span;
    return LEFT + room + share * (right - LEFT - 2 * room);
  }

  private double y(double value) {
    double share = (value - axis.low()) / (axis.high() - axis.low());
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private static String colour(int index) {
    return String.format(
        Locale.ROOT, "#%06x", Figure.COLOURS[index % Figure.COLOURS.length].getRGB() & 0xffffff);
  }

  private void write(String anchor, double x, double y, String text, String more) {
    put(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>%n",
        at(x), at(y), anchor, more, safe(text));
  }

  private void put(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form.replace("%n", "\n"), values));
  }

  private static String at(double value) {
    return number(value, 1);
  }

  private static String number(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
  }

  private static String safe(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
