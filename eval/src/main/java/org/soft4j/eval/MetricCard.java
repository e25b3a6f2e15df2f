package org.soft4j.eval;

/**
 * What a metric says.
 *
 * @param name without spaces, such as {@code mc1}
 * @param meaning one sentence
 * @param chance the value that guessing gives; NaN where there is none
 * @param share whether values are shares of one, shown in points of a hundred; else they are shown
 *     as they are
 */
public record MetricCard(String name, String meaning, double chance, boolean share) {
  /** A metric whose values are shares of one. */
  public MetricCard(String name, String meaning, double chance) {
    this(name, meaning, chance, true);
  }
}
