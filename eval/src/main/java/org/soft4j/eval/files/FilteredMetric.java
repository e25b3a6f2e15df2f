package org.soft4j.eval.files;

/**
 * A metric of answers that went through a filter. In one text the filter's name stands behind a
 * comma, and {@code none} is left out.
 *
 * @param name of the metric
 * @param filter of the answers
 */
record FilteredMetric(String name, String filter) {
  static final String NONE = "none";

  private static final String BETWEEN = ",";

  static FilteredMetric of(String text) {
    int comma = text.indexOf(BETWEEN);
    return comma < 0
        ? new FilteredMetric(text, NONE)
        : new FilteredMetric(text.substring(0, comma), text.substring(comma + 1));
  }

  /** As cards and samples name it. */
  String text() {
    return filter.equals(NONE) ? name : name + BETWEEN + filter;
  }

  /** The keys of its mean and of that mean's error in a results file. */
  String meanKey() {
    return name + BETWEEN + filter;
  }

  String errorKey() {
    return name + "_stderr" + BETWEEN + filter;
  }
}
