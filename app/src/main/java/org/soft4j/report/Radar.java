package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A radar figure as coordinates, for a template to draw: an axis per category, a line per model.
 *
 * @param height of the figure, which is 420 wide
 * @param rings outlines at a quarter, a half, three quarters and the whole
 * @param spokes the axes with their names
 * @param lines the models, the first one dashed
 */
public record Radar(String height, List<String> rings, List<Spoke> spokes, List<Line> lines) {
  private static final double CENTRE_X = 210;

  private static final double CENTRE_Y = 150;
  private static final double RADIUS = 105;
  private static final double LABEL = 118;
  private static final double BELOW = 16;
  private static final double NEARLY_CENTRED = 0.2;
  private static final int LONGEST = 20;
  private static final double[] RINGS = {0.25, 0.5, 0.75, 1};

  /**
   * An axis.
   *
   * @param x of its end
   * @param y of its end
   * @param labelX where its name stands
   * @param labelY likewise
   * @param anchor start, middle or end
   * @param name of the category, cut where it is long
   */
  public record Spoke(
      String x, String y, String labelX, String labelY, String anchor, String name) {}

  /**
   * A model.
   *
   * @param name for the legend
   * @param points of its outline
   * @param dashed for the base model
   */
  public record Line(String name, String points, boolean dashed) {}

  /**
   * Lays the figure out.
   *
   * @param categories three or more
   * @param names of the models
   * @param shares for each model a value from 0 to 1 per category
   */
  static Radar of(List<String> categories, List<String> names, List<List<Double>> shares) {
    int axes = categories.size();
    List<String> rings = new ArrayList<>();
    for (double ring : RINGS) {
      rings.add(outline(IntStream.range(0, axes).mapToObj(i -> ring).toList()));
    }
    List<Spoke> spokes =
        IntStream.range(0, axes).mapToObj(i -> spoke(categories.get(i), i, axes)).toList();
    List<Line> lines =
        IntStream.range(0, names.size())
            .mapToObj(
                i -> new Line(names.get(i), outline(shares.get(i)), i == 0 && names.size() > 1))
            .toList();
    double lowest =
        spokes.stream().mapToDouble(s -> Double.parseDouble(s.labelY())).max().orElse(0);
    return new Radar(number(lowest + BELOW), rings, spokes, lines);
  }

  private static Spoke spoke(String name, int index, int axes) {
    double sine = Math.sin(angle(index, axes));
    double labelY = y(LABEL, index, axes) + (1 - Math.cos(angle(index, axes))) * 5;
    return new Spoke(
        number(x(RADIUS, index, axes)),
        number(y(RADIUS, index, axes)),
        number(x(LABEL, index, axes)),
        number(labelY),
        Math.abs(sine) < NEARLY_CENTRED ? "middle" : sine > 0 ? "start" : "end",
        name.length() > LONGEST ? name.substring(0, LONGEST - 1).strip() + "…" : name);
  }

  private static String outline(List<Double> shares) {
    int axes = shares.size();
    return IntStream.range(0, axes)
        .mapToObj(
            i -> {
              double radius = RADIUS * Math.max(0, Math.min(1, shares.get(i)));
              return number(x(radius, i, axes)) + "," + number(y(radius, i, axes));
            })
        .collect(Collectors.joining(" "));
  }

  private static double angle(int index, int axes) {
    return 2 * Math.PI * index / axes;
  }

  private static double x(double radius, int index, int axes) {
    return CENTRE_X + radius * Math.sin(angle(index, axes));
  }

  private static double y(double radius, int index, int axes) {
    return CENTRE_Y - radius * Math.cos(angle(index, axes));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
