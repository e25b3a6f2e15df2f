package org.soft4j.report;

import org.soft4j.eval.Measurement;
import org.soft4j.table.Decimals;

/** In which unit a score is shown: points of a hundred for shares of one, else as it is. */
@FunctionalInterface
public interface Scale {
  /** Every score as a share. */
  Scale POINTS = (benchmark, metric) -> 100;

  /** What a value is multiplied by. */
  double of(String benchmark, String metric);

  /** A value of a measurement in its unit, one decimal for points and two for others. */
  default String text(Measurement m, double value) {
    double factor = of(m.benchmark(), m.metric());
    return Decimals.text(factor == 1 ? "%.2f" : "%.1f", factor * value);
  }
}
