package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks model_1 up in a list of {model, rank}; every entry must name its model. */
final class Ranking {
  private Ranking() {}

  static Optional<Double> ofFirst(Object literal) {
    if (!(literal instanceof List<?> entries)) {
      return Optional.empty();
    }
    Optional<Double> rank = Optional.empty();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> fields) || !fields.containsKey("model")) {
        return Optional.empty();
      }
      if (rank.isEmpty() && fields.get("model").equals("model_1")) {
        rank = Optional.of(fields.get("rank") instanceof Double value ? value : Double.NaN);
      }
    }
    return rank;
  }
}
