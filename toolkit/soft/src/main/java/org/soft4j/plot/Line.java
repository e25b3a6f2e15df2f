package org.soft4j.plot;

import java.util.Arrays;
import java.util.List;

/**
 * One line of a figure.
 *
 * @param name as the legend shows it
 * @param x abscissae
 * @param y ordinates; as many as abscissae, NaN where there is no value
 * @param error half the length of each error bar; empty for none
 */
public record Line(String name, double[] x, double[] y, double[] error) {
  public Line {
    if (x.length != y.length || (error.length != 0 && error.length != y.length)) {
      throw new IllegalArgumentException(
          "line %s has %s, %s and %s values".formatted(name, x.length, y.length, error.length));
    }
  }

  /** A line without error bars. */
  public Line(String name, double[] x, double[] y) {
    this(name, x, y, new double[0]);
  }

  /** A line of values at 0, 1, 2, and so on, without error bars. */
  public static Line of(String name, List<Double> values) {
    double[] x = new double[values.size()];
    Arrays.setAll(x, i -> i);
    return new Line(name, x, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Without the points that have no value; a missing error becomes 0. */
  Line drawable() {
    int[] kept =
        java.util.stream.IntStream.range(0, y.length)
            .filter(i -> Double.isFinite(y[i]) && Double.isFinite(x[i]))
            .toArray();
    double[] errors =
        error.length == 0
            ? new double[0]
            : Arrays.stream(kept)
                .mapToDouble(i -> Double.isFinite(error[i]) ? error[i] : 0)
                .toArray();
    return new Line(
        name,
        Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> y[i]).toArray(),
        errors);
  }
}
