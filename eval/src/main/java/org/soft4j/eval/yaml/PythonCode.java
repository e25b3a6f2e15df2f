package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.eval.yaml.functions.TaskFunctions;

/** Functions that a task file names by {@code !function}, where there is Java for them. */
final class PythonCode {
  private static final String TAG = "!function ";

  private PythonCode() {}

  /** Refuses a value that is Python code without Java, by its name and line. */
  static void check(YamlValue value) {
    if (!value.function().isEmpty()) {
      of(value, TaskFunction.class);
    }
  }

  /** The function of a field; empty where the field is not there. */
  static <F extends TaskFunction> Optional<F> of(Optional<YamlValue> field, Class<F> kind) {
    return field.map(value -> of(value, kind));
  }

  /**
   * The function that a value names.
   *
   * @param kind that the field must have
   */
  static <F extends TaskFunction> F of(YamlValue value, Class<F> kind) {
    String code = value.function();
    if (!code.startsWith(TAG)) {
      throw refused(value, "it names no function");
    }
    try {
      TaskFunction function =
          TaskFunctions.find(value.file(), code.substring(TAG.length()).strip());
      if (kind.isInstance(function)) {
        return kind.cast(function);
      }
      throw refused(value, "it does not belong in this field");
    } catch (TaskFunctions.Unknown e) {
      throw refused(value, e.getMessage());
    }
  }

  /** The rows that a function leaves, with what it adds to them. */
  static List<Row> changed(List<Row> rows, TaskFunction.Documents change) {
    List<Row> left = new ArrayList<>();
    for (Row row : rows) {
      try {
        change.apply(row.values()).map(row::with).ifPresent(left::add);
      } catch (IllegalArgumentException e) {
        throw row.fault(
            "process_docs does not fit this row: %s.".formatted(e.getMessage()),
            "Columns: " + String.join(", ", row.values().keySet()) + ".");
      }
    }
    return left;
  }

  private static UserError refused(YamlValue value, String reason) {
    return value.fault(
        "is Python code (%s), which is not run: %s.".formatted(value.function(), reason),
        "Leave it out, with the rows prepared in a file of your own, or write it as a Jinja"
            + " template or a column's name, or the task as a Java class (docs/tasks.md).");
  }
}
