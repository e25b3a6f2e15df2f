package org.soft4j.eval;

/**
 * What a metric says.
 *
 * @param name without spaces, such as {@code mc1}
 * @param meaning one sentence
 * @param chance the value that guessing gives; NaN where there is none
 */
public record MetricCard(String name, String meaning, double chance) {}
