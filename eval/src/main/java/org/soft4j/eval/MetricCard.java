package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Optional;
import org.soft4j.core.NanAsNull;
import org.soft4j.eval.metric.Aggregate;

/**
 * What a metric says.
 *
 * @param name without spaces, such as {@code mc1}
 * @param meaning one sentence
 * @param chance the value that guessing gives; NaN where there is none
 * @param share whether values are shares of one, shown in points of a hundred; else they are shown
 *     as they are
 * @param aggregate name of the {@link Aggregate} that gives the task's value; empty for the mean
 *     over items
 */
public record MetricCard(
    @JsonProperty("name") String name,
    @JsonProperty("meaning") String meaning,
    @JsonProperty("chance")
        @JsonSerialize(using = NanAsNull.Writer.class)
        @JsonDeserialize(using = NanAsNull.Reader.class)
        double chance,
    @JsonProperty("share") boolean share,
    @JsonProperty("aggregate")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String aggregate) {
  /** Checks nothing: files of other versions may name other aggregates. */
  @JsonCreator
  public MetricCard {}

  /** A metric that is a mean over items. */
  public MetricCard(String name, String meaning, double chance, boolean share) {
    this(name, meaning, chance, share, "");
  }

  /** A metric whose values are shares of one. */
  public MetricCard(String name, String meaning, double chance) {
    this(name, meaning, chance, true);
  }

  /** A metric over the whole task. */
  public static MetricCard of(String name, String meaning, Aggregate aggregate) {
    return new MetricCard(name, meaning, Double.NaN, aggregate.share(), aggregate.harnessName());
  }

  /** How the task's value comes about; empty for the mean over items. */
  @JsonIgnore
  public Optional<Aggregate> over() {
    return Aggregate.named(aggregate);
  }
}
