package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.metric.Aggregate;

/**
 * Java in place of a Python function that a task file names by {@code !function}. Rows are maps
 * from column to text, Long, Double, Boolean, null, list or map.
 */
public sealed interface TaskFunction {

  /** {@code process_docs}: what becomes of the rows of a split. */
  @FunctionalInterface
  non-sealed interface Documents extends TaskFunction {
    /**
     * The row with what the function adds; empty where it leaves the row out.
     *
     * @throws IllegalArgumentException for a row that the function does not fit
     */
    Optional<Map<String, Object>> apply(Map<String, Object> row);
  }

  /** What becomes of a split whose rows all stay. */
  static Documents each(UnaryOperator<Map<String, Object>> change) {
    return row -> Optional.of(change.apply(row));
  }

  /** {@code doc_to_text}, {@code doc_to_target}, {@code doc_to_choice}: a value of a row. */
  @FunctionalInterface
  non-sealed interface Value extends TaskFunction {
    /**
     * A text, a Long that is a choice's number, or a list.
     *
     * @throws IllegalArgumentException for a row that the function does not fit
     */
    Object of(Map<String, Object> row);
  }

  /** {@code process_results}: what the answers to a row are worth. */
  @FunctionalInterface
  non-sealed interface Results extends TaskFunction {
    /**
     * Values by the metric's name.
     *
     * @param row as process_docs left it
     * @param answers in the order of the requests; a written one as the filter left it
     */
    Map<String, Double> of(Map<String, Object> row, List<TaskAnswer> answers);

    /** Whether a metric's values are shares of one, shown in points of a hundred. */
    default boolean share(String metric) {
      return true;
    }
  }

  /** {@code aggregation} of metric_list: the task's value from what its items give. */
  @FunctionalInterface
  non-sealed interface Aggregation extends TaskFunction {
    /** Which one it is. */
    Aggregate aggregate();
  }

  /** {@code class}: a task that is a Python class, as the fields of a task file say the same. */
  @FunctionalInterface
  non-sealed interface Fields extends TaskFunction {
    /** YAML, whose functions are those of the class's module. */
    String yaml();
  }

  /** A filter class, to be set up with the options beside its name in {@code filter_list}. */
  @FunctionalInterface
  non-sealed interface Filter extends TaskFunction {
    /**
     * The filter with these options.
     *
     * @throws IllegalArgumentException for an option that it does not have
     */
    Extraction with(Map<String, Object> options);
  }

  /** What a filter takes from an answer. */
  @FunctionalInterface
  interface Extraction {
    /** The part of the answer that is compared; the row is as process_docs left it. */
    String of(String answer, Map<String, Object> row);
  }
}
