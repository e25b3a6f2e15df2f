package org.soft4j.eval.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;

/** Rows of JSON files with values as they stand, whole numbers of any size among them. */
final class RawJson {
  private RawJson() {}

  /** One object a line. */
  static List<Row> lines(Path file) {
    List<Row> rows = new ArrayList<>();
    JsonLines.read(file, line -> rows.add(row(file, line.number(), line.object())));
    return rows;
  }

  /** One list of objects. */
  static List<Row> list(Path file) {
    List<Row> rows = new ArrayList<>();
    JsonNode root =
        BoundedJson.document(
            file, "Write [{…}, {…}], or name the file .jsonl where it has one object a line.");
    if (!root.isArray()) {
      throw new UserError(file + " is not a list of rows.", "Write [{…}, {…}], or name it .jsonl.");
    }
    root.forEach(node -> rows.add(row(file, rows.size() + 1L, node)));
    return rows;
  }

  /** The rows for templates: whole numbers beyond 64 bits are fractions, as for the harness. */
  static List<Row> asTheyStand(List<Row> raw) {
    return raw.stream()
        .map(
            row -> {
              Map<String, Object> values = new LinkedHashMap<>();
              row.values().forEach((column, value) -> values.put(column, small(row, value)));
              return row.with(values);
            })
        .toList();
  }

  private static Object small(Row row, Object value) {
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(inner -> values.add(small(row, inner)));
      return values;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, inner) -> values.put((String) key, small(row, inner)));
      return values;
    }
    if (value instanceof Double number && number.isInfinite()) {
      throw row.fault("a number is too big for 64 bits.", "Write it as a text.");
    }
    return value instanceof BigInteger big ? (Object) big.doubleValue() : value;
  }

  private static Row row(Path file, long line, JsonNode object) {
    if (plain(object) instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, value) -> values.put((String) key, value));
      return new Row(file, line, values);
    }
    throw new Row(file, line, Map.of()).fault("not an object.", "Write {\"question\": …}.");
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> values = new LinkedHashMap<>();
      node.properties().forEach(e -> values.put(e.getKey(), plain(e.getValue())));
      return values;
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>();
      node.forEach(inner -> values.add(plain(inner)));
      return values;
    }
    if (node.isNull()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNumber() ? number(node) : node.asText();
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return node.doubleValue();
    }
    return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
  }
}
