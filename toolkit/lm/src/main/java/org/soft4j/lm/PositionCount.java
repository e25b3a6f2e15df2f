package org.soft4j.lm;

import java.util.Locale;

/**
 * How much a prefix tree spared: positions of contexts and scored texts, decoding steps not
 * counted.
 *
 * @param computed the nodes of the prefix trees
 * @param asked what computing every text for itself would have taken
 */
public record PositionCount(long computed, long asked) {
  /** In words, such as {@code computed 58,112 of 2,070,331 positions}. */
  public String text() {
    return String.format(Locale.ROOT, "computed %,d of %,d positions", computed, asked);
  }
}
