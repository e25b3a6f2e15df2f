package org.soft4j.eval;

/**
 * A metric of answers that went through a filter. In one text the filter's name stands behind a
 * comma, and {@code none} is left out.
 *
 * @param name of the metric
 * @param filter of the answers
 */
public record FilteredMetric(String name, String filter) {
  /** What the reference harness calls no filter. */
  public static final String NONE = "none";

  private static final String BETWEEN = ",";

  /** Reads what {@link #text} writes. */
  public static FilteredMetric of(String text) {
    int comma = text.indexOf(BETWEEN);
    return comma < 0
        ? new FilteredMetric(text, NONE)
        : new FilteredMetric(text.substring(0, comma), text.substring(comma + 1));
  }

  /** As cards and samples name it. */
  public String text() {
    return filter.equals(NONE) ? name : name + BETWEEN + filter;
  }
}
