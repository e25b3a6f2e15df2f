package org.soft4j.eval.yaml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.core.UserError;

/**
 * A row of a data file. Two rows with equal values are equal, wherever they stand.
 *
 * @param file it was read from
 * @param line number of its line, or of the row in a JSON array, counted from 1
 * @param values by column: texts, longs, doubles, truth values, nulls, lists and maps
 */
record Row(Path file, long line, Map<String, Object> values) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  Row {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The values as JSON, in the order of the columns. */
  ObjectNode fields() {
    return MAPPER.valueToTree(values);
  }

  /** The same row with other values. */
  Row with(Map<String, Object> other) {
    return new Row(file, line, other);
  }

  boolean sameAs(Row other) {
    return values.equals(other.values);
  }

  UserError fault(String problem, String remedy) {
    String unit = file.toString().endsWith(".json") ? "row" : "line";
    return new UserError("%s, %s %s: %s".formatted(file, unit, line, problem), remedy);
  }
}
