package org.soft4j.eval.yaml;

import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.lm.template.PythonValues;
import org.soft4j.lm.template.TextTemplate;

/** Where a field such as doc_to_text takes its value from in each row. */
sealed interface Expression {
  /** The value in a row. */
  Object value(Row row);

  /** A column, taken as it is. */
  record Column(String name) implements Expression {
    @Override
    public Object value(Row row) {
      return row.values().get(name);
    }
  }

  /** The same for every row. */
  record Constant(Object value) implements Expression {
    @Override
    public Object value(Row row) {
      return value;
    }
  }

  /** A Jinja template; its value is a text, or a list where it is one expression that gives one. */
  record Template(YamlValue where, TextTemplate template) implements Expression {
    @Override
    public Object value(Row row) {
      try {
        TextTemplate.Rendered rendered = template.render(row.values());
        return rendered.value() instanceof Iterable<?> list ? list : rendered.text();
      } catch (UserError e) {
        throw row.fault(
            "%s (%s) does not fit this row: %s"
                .formatted(where.name(), where.file().getFileName(), e.getMessage()),
            "Columns: " + String.join(", ", row.values().keySet()) + ".");
      }
    }
  }

  /** Java in place of a Python function. */
  record Function(YamlValue where, TaskFunction.Value function) implements Expression {
    @Override
    public Object value(Row row) {
      try {
        return function.of(row.values());
      } catch (IllegalArgumentException e) {
        throw row.fault(
            "%s (%s) does not fit this row: %s"
                .formatted(where.name(), where.function(), e.getMessage()),
            "Columns: " + String.join(", ", row.values().keySet()) + ".");
      }
    }
  }

  /**
   * Reads a field: a column's name, a template, or the value itself.
   *
   * @param columns of the evaluated rows
   */
  static Expression of(YamlValue field, Set<String> columns) {
    if (!field.function().isEmpty()) {
      return new Function(field, PythonCode.of(field, TaskFunction.Value.class));
    }
    if (!field.isText()) {
      return new Constant(field.plain());
    }
    String text = field.text();
    if (columns.contains(text)) {
      return new Column(text);
    }
    if (!text.contains("{{") && !text.contains("{%") && !text.contains("{#")) {
      return new Constant(text);
    }
    try {
      return new Template(field, new TextTemplate(text));
    } catch (UserError e) {
      throw field.fault("cannot be used: " + e.getMessage(), e.remedy());
    }
  }

  /** The value in a row as Python writes it. */
  default String text(Row row) {
    return PythonValues.str(value(row));
  }
}
