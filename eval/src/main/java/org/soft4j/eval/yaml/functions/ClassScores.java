package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import org.soft4j.eval.metric.Aggregate;

/**
 * Modules that aggregate right and chosen classes by scikit-learn's F1, or right and written texts
 * by one of their own; some name the classes of a row too.
 */
final class ClassScores {
  /** utils.py of afrixnli and afrobench, which hold lm_eval.utils.weighted_f1_score alone. */
  static final TaskModule WEIGHTED = of("weighted_f1_score", Aggregate.WEIGHTED_F1);

  /** metrics.py of aradice. */
  static final TaskModule ALL =
      TaskModule.of(
          Map.of(
              "weighted_f1_score", aggregation(Aggregate.WEIGHTED_F1),
              "macro_f1_score", aggregation(Aggregate.MACRO_F1),
              "micro_f1_score", aggregation(Aggregate.MICRO_F1)));

  private ClassScores() {}

  /** A module of one aggregation. */
  static TaskModule of(String name, Aggregate aggregate) {
    return TaskModule.of(Map.of(name, aggregation(aggregate)));
  }

  private static TaskFunction.Aggregation aggregation(Aggregate aggregate) {
    return () -> aggregate;
  }

  /** utils.py of afrixnli, by what its doc_to_target says of the column label. */
  static TaskModule labelled(String... labels) {
    return TaskModule.of(
        Map.of(
            "weighted_f1_score",
            aggregation(Aggregate.WEIGHTED_F1),
            "doc_to_target",
            (TaskFunction.Value) row -> label(row, List.of(labels))));
  }

  private static String label(Map<String, Object> row, List<String> labels) {
    Object label = Columns.any(row, "label");
    if (label instanceof Long at && at >= 0 && at < labels.size()) {
      return labels.get(at.intValue());
    }
    throw new IllegalArgumentException("\"label\" is %s, not 0 to 2".formatted(label));
  }
}
