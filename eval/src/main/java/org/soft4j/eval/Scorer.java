package org.soft4j.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the answers to one item into values of metrics.
 *
 * @param <A> what it reads: {@link ScoredChoices}, or the texts that were written
 */
@FunctionalInterface
public interface Scorer<A> {
  /** Values by metric; a metric that the item says nothing about is left out. */
  Map<String, Double> values(A answers);

  /** What {@link org.soft4j.eval.metric.Aggregate} needs of the item, by metric. */
  default Map<String, List<Object>> parts(A answers) {
    return Map.of();
  }

  /** Whether it reads no more of the answers than a sample keeps. */
  default boolean fromSample() {
    return true;
  }

  /** The values of all scorers together. */
  static <A> Grade grade(List<? extends Scorer<A>> scorers, A answers, String chosen) {
    Map<String, Double> values = new HashMap<>();
    Map<String, List<Object>> parts = new HashMap<>();
    for (Scorer<A> scorer : scorers) {
      values.putAll(scorer.values(answers));
      parts.putAll(scorer.parts(answers));
    }
    return new Grade(values, chosen, parts);
  }
}
