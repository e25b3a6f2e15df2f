package org.soft4j.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Figures whose axes do not exaggerate and whose lines can be told apart. */
class PlotTest {
  @Test
  void aSmallFallDoesNotLookLikeACrash() {
    Axis accuracies = plot(Plot.Reach.POINTS, 100, 99).axis();
    assertEquals(List.of(0.0, 100.0), List.of(accuracies.low(), accuracies.high()));
    Axis nats = plot(Plot.Reach.VALUES, 1.0, 0.99).axis();
    assertTrue(nats.high() - nats.low() >= 0.25, nats::toString);
    assertTrue(nats.low() <= 0.99 && nats.high() >= 1.0, nats::toString);
    assertEquals(new Axis(0, 1, 0.2), plot(Plot.Reach.SHARE, 0.9, 0.91).axis());
  }

  /** A loss from 4 to 1 needs no more than its own range. */
  @Test
  void aLargeFallFillsTheFigure() {
    Axis loss = plot(Plot.Reach.VALUES, 4, 1).axis();
    assertEquals(List.of(0.0, 5.0, 1.0), List.of(loss.low(), loss.high(), loss.step()));
  }

  /** Room above 100 would show scores that cannot be. */
  @Test
  void anAxisOfScoresEndsAtAHundred() {
    assertEquals(new Axis(0, 100, 20), plot(Plot.Reach.SCORES, 25, 98).axis());
    // A quarter of 31 around 30, with room: 25.5 to 34.5.
    assertEquals(new Axis(24, 36, 2), plot(Plot.Reach.SCORES, 29, 31).axis());
  }

  @Test
  void valuesBelowZeroHaveAnAxisBelowZero() {
    Axis logs = plot(Plot.Reach.VALUES, -2.0, -1.9).axis();
    assertTrue(logs.low() <= -2.0 && logs.high() >= -1.9 && logs.high() - logs.low() >= 0.5);
  }

  /** Equal values: two dashes, two markers side by side, two names apart. */
  @Test
  void linesThatCoincideAreStillTwo() throws Exception {
    Line one = new Line("one", new double[] {0, 1}, new double[] {50, 60}, new double[] {2, 2});
    Line two = new Line("two", new double[] {0, 1}, new double[] {50, 60}, new double[] {2, 2});
    String svg = new Plot("t", "round", "u", List.of(one, two), 25, Plot.Reach.POINTS, false).svg();
    parse(svg);
    assertTrue(svg.contains("stroke-dasharray=\"7 4\""), "the second line is dashed");
    assertTrue(svg.contains("<title>one, round 1: 60.0 ± 2.0</title>"), svg);
    List<Double> names =
        List.of(
            number(svg, "y=\"([\\d.]+)\" [^>]*>one 60.0"),
            number(svg, "y=\"([\\d.]+)\" [^>]*>two 60.0"));
    assertTrue(Math.abs(names.get(0) - names.get(1)) >= 15, names::toString);
    assertTrue(svg.contains("chance 25"), svg);
  }

  /** Names are those of folders. */
  @Test
  void aNameIsTextInTheFigure() throws Exception {
    Line line = Line.of("<script>&\"\u202E", List.of(1.0, 2.0));
    String svg =
        new Plot("<b>", "x", "y", List.of(line), Double.NaN, Plot.Reach.VALUES, false).svg();
    parse(svg);
    assertFalse(svg.contains("<script") || svg.contains("<b>") || svg.contains("\u202E"), svg);
  }

  /** A line of 5,000 steps is drawn by 1,000 means; what has no point is left out. */
  @Test
  void manyStepsAreThinnedAndNothingIsDrawnOfNothing() throws Exception {
    List<Double> losses = java.util.Collections.nCopies(5000, 2.0);
    Plot plot =
        new Plot(
            "loss",
            "step",
            "nats",
            List.of(Line.of("round 1", losses), Line.of("none", List.of(Double.NaN))),
            Double.NaN,
            Plot.Reach.VALUES,
            true);
    assertEquals(1, plot.lines().size());
    parse(plot.svg());
    Matcher points = Pattern.compile("<polyline points=\"([^\"]*)\"").matcher(plot.svg());
    assertTrue(points.find());
    assertEquals(1000, points.group(1).split(" ").length);
    parse(new Plot("e", "x", "y", List.of(), Double.NaN, Plot.Reach.POINTS, false).svg());
  }

  private static double number(String svg, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(svg);
    assertTrue(found.find(), () -> pattern + " in " + svg);
    return Double.parseDouble(found.group(1));
  }

  private static void parse(String svg) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Plot plot(Plot.Reach reach, double... values) {
    double[] x = new double[values.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return new Plot("t", "x", "y", List.of(new Line("l", x, values)), Double.NaN, reach, false);
  }
}
