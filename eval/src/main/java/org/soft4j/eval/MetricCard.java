package org.soft4j.eval;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.soft4j.run.Untold;

/**
 * What a metric says.
 *
 * @param name without spaces, such as {@code mc1}
 * @param meaning one sentence
 * @param chance the value that guessing gives; NaN where there is none
 * @param share whether values are shares of one, shown in points of a hundred; else they are shown
 *     as they are
 */
public record MetricCard(
    String name,
    String meaning,
    @JsonSerialize(using = Untold.Writer.class) @JsonDeserialize(using = Untold.Reader.class)
        double chance,
    boolean share) {
  /** A metric whose values are shares of one. */
  public MetricCard(String name, String meaning, double chance) {
    this(name, meaning, chance, true);
  }
}
