package org.soft4j.eval;

/**
 * One score of one benchmark after one round: a row of metrics.csv.
 *
 * @param round 0 for the base model
 * @param benchmark task name with no spaces, such as {@code micro_truth}
 * @param shots number of demonstrations in the context
 * @param metric such as {@code mc1}
 * @param value mean over the items, as a share of 1 unless the metric says otherwise
 * @param standardError of the mean (sample standard deviation / square root of n); NaN where
 *     undefined
 * @param items number of items
 * @param chance the value that guessing gives; NaN where there is none
 */
public record Measurement(
    int round,
    String benchmark,
    int shots,
    String metric,
    double value,
    double standardError,
    int items,
    double chance) {}
