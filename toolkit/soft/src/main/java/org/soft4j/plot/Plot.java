package org.soft4j.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/**
 * What a figure of lines shows, for a page ({@link #svg}) and for a notebook ({@link #chart}).
 *
 * @param title above it
 * @param x below it
 * @param y what the values are, with their unit
 * @param lines those without a point are left out
 * @param chance a level over the whole width; NaN for none
 * @param reach of the vertical axis
 * @param steps whether the lines have many points, which are not marked
 * @param behind faint lines, each in the colour of the line of its name, such as the single seeds
 *     behind their mean
 */
public record Plot(
    String title,
    String x,
    String y,
    List<Line> lines,
    double chance,
    Reach reach,
    boolean steps,
    List<Line> behind) {
  /** How far the vertical axis reaches. */
  public enum Reach {
    /** From 0 to 100, for all shares in points alike, so that figures can be compared. */
    POINTS,
    /** From 0 to 1, likewise. */
    SHARE,
    /** Over the values, but never less than a quarter of the largest. */
    VALUES,
    /** The same for scores in points of a hundred, above which there is none. */
    SCORES
  }

  /** Leaves out what cannot be drawn. */
  public Plot {
    lines = drawn(lines);
    behind = drawn(behind);
  }

  /** The same with nothing behind its lines. */
  public Plot(
      String title,
      String x,
      String y,
      List<Line> lines,
      double chance,
      Reach reach,
      boolean steps) {
    this(title, x, y, lines, chance, reach, steps, List.of());
  }

  private static List<Line> drawn(List<Line> lines) {
    return lines.stream().map(Line::drawable).filter(line -> line.x().length > 0).toList();
  }

  /** As a picture whose texts are texts and whose lines stay sharp at any size. */
  public String svg() {
    return new SvgPlot(this).text();
  }

  /** As a chart of XChart's. */
  public XYChart chart() {
    Figure figure = new Figure(title, x, y);
    if (steps) {
      figure.plain();
    } else {
      figure.wholeNumbersBelow();
    }
    lines.forEach(figure::add);
    for (int i = 0; i < behind.size(); i++) {
      figure.faint(behind.get(i), place(behind.get(i)), i);
    }
    if (Double.isFinite(chance)) {
      figure.level("chance", chance);
    }
    return figure.within(axis());
  }

  Axis axis() {
    List<Double> values = new ArrayList<>();
    for (Line line : lines) {
      for (int i = 0; i < line.y().length; i++) {
        double error = line.error().length == 0 ? 0 : line.error()[i];
        double value = line.y()[i];
        // A bar of error may pass the end of a common scale, where it is cut.
        boolean common = reach != Reach.VALUES;
        values.add(common ? value : value - error);
        values.add(common ? value : value + error);
      }
    }
    behind.forEach(line -> DoubleStream.of(line.y()).forEach(values::add));
    if (Double.isFinite(chance)) {
      values.add(chance);
    }
    return Axis.of(reach, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Which of the lines a faint one belongs to; the first where none has its name. */
  int place(Line faint) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).name().equals(faint.name())) {
        return i;
      }
    }
    return 0;
  }

  double least() {
    return abscissae().min().orElse(0);
  }

  double most() {
    return abscissae().max().orElse(0);
  }

  private DoubleStream abscissae() {
    return lines.stream().flatMapToDouble(line -> DoubleStream.of(line.x()));
  }
}
