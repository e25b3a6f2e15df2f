package org.soft4j.compare;

import java.util.List;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Table;

/** Comparisons as a table for notebooks. */
public final class ComparisonTable {
  private ComparisonTable() {}

  /**
   * benchmark, metric, shots, first, second, first_mean, second_mean, difference, low, high, p,
   * p_holm, test, items. Means and differences are shares of 1; low and high bound the 95 %
   * interval of the difference; p_holm is corrected as {@link NoiseRule} says, over all rows.
   */
  public static Table of(List<Comparison> rows) {
    return Columns.of("comparison", rows)
        .text("benchmark", Comparison::benchmark)
        .text("metric", Comparison::metric)
        .whole("shots", Comparison::shots)
        .text("first", Comparison::first)
        .text("second", Comparison::second)
        .number("first_mean", Comparison::firstMean)
        .number("second_mean", Comparison::secondMean)
        .number("difference", c -> c.secondMean() - c.firstMean())
        .number("low", Comparison::low)
        .number("high", Comparison::high)
        .number("p", Comparison::p)
        .number("p_holm", Comparison::corrected)
        .text("test", c -> c.exact() ? "McNemar" : "bootstrap")
        .whole("items", Comparison::items)
        .table();
  }
}
