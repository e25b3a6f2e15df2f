package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks a model up in a list of {model, rank}; every entry must name its model. */
final class Ranking {
  private Ranking() {}

  static Optional<Double> ofFirst(Object literal) {
    return of(literal, "model_1");
  }

  static Optional<Double> of(Object literal, String model) {
    if (!(literal instanceof List<?> entries)) {
      return Optional.empty();
    }
    Optional<Double> rank = Optional.empty();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> fields) || !fields.containsKey("model")) {
        return Optional.empty();
      }
      if (rank.isEmpty() && model.equals(fields.get("model"))) {
        rank =
            Optional.of(
                fields.get("rank") instanceof Number value ? value.doubleValue() : Double.NaN);
      }
    }
    return rank;
  }
}
