package org.soft4j.eval.yaml.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.PythonValues;

/** Takes what a Python function expects out of a row, and says what is there instead. */
final class Columns {
  private Columns() {}

  static Object any(Map<String, Object> row, String column) {
    if (!row.containsKey(column)) {
      throw new IllegalArgumentException("it has no \"" + column + "\"");
    }
    return row.get(column);
  }

  static String text(Map<String, Object> row, String column) {
    Object value = any(row, column);
    if (value instanceof String text) {
      return text;
    }
    throw other(column, value, "a text");
  }

  static List<?> list(Map<String, Object> row, String column) {
    Object value = any(row, column);
    if (value instanceof List<?> list) {
      return list;
    }
    throw other(column, value, "a list");
  }

  static List<String> texts(Map<String, Object> row, String column) {
    List<?> values = list(row, column);
    if (values.stream().allMatch(String.class::isInstance)) {
      return values.stream().map(String.class::cast).toList();
    }
    throw other(column, values, "a list of texts");
  }

  /** A map within a row, or within a map of it. */
  static Map<String, Object> map(Map<String, Object> row, String column) {
    return map(any(row, column), column);
  }

  static Map<String, Object> map(Object value, String column) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> named = new LinkedHashMap<>();
      map.forEach((key, inner) -> named.put(String.valueOf(key), inner));
      return named;
    }
    throw other(column, value, "an object");
  }

  /** The row with further columns, or with other values in those it has. */
  static Map<String, Object> with(Map<String, Object> row, Map<String, ?> added) {
    Map<String, Object> whole = new LinkedHashMap<>(row);
    whole.putAll(added);
    return whole;
  }

  private static IllegalArgumentException other(String column, Object value, String wanted) {
    return new IllegalArgumentException(
        "\"%s\" is %s, not %s".formatted(column, PythonValues.repr(value), wanted));
  }
}
