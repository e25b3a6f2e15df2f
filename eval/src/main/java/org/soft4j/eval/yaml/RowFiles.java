package org.soft4j.eval.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.soft4j.datasets.JsonLines;
import org.soft4j.error.JsonFault;
import org.soft4j.error.UserError;

/**
 * Reads rows from JSON Lines ({@code .jsonl}), a JSON array ({@code .json}) or CSV ({@code .csv}).
 * Every row gets every column; what it lacks is null. A CSV column all of whose cells are whole
 * numbers, numbers, or True and False holds these; an empty cell is null.
 */
final class RowFiles {
  /** Ends of the names of files that can be read. */
  static final List<String> ENDINGS = List.of(".jsonl", ".json", ".csv");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private RowFiles() {}

  static List<Row> read(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    List<Row> rows;
    if (name.endsWith(".jsonl")) {
      rows = lines(file);
    } else if (name.endsWith(".json")) {
      rows = array(file);
    } else if (name.endsWith(".csv")) {
      rows = cells(file);
    } else {
      throw new UserError(
          file + " is none of " + String.join(", ", ENDINGS) + ".",
          "Save the rows as JSON Lines: one {\"question\": …} a line.");
    }
    if (rows.isEmpty()) {
      throw new UserError(file + " holds no row.", "Write one row a line.");
    }
    return rectangular(rows);
  }

  private static List<Row> lines(Path file) {
    List<Row> rows = new ArrayList<>();
    try (JsonLines lines = new JsonLines(file)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        rows.add(row(file, line.get().number(), line.get().object()));
      }
    }
    return rows;
  }

  private static List<Row> array(Path file) {
    List<Row> rows = new ArrayList<>();
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
      if (root == null || !root.isArray()) {
        throw new UserError(
            file + " is not a list of rows.", "Write [{…}, {…}], or name it .jsonl.");
      }
      root.forEach(node -> rows.add(row(file, rows.size() + 1L, node)));
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s, line %d: %s".formatted(file, e.getLocation().getLineNr(), JsonFault.words(e)),
          "Write [{…}, {…}], or name the file .jsonl where it has one object a line.",
          e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ".", "Check the path.", e);
    }
    return rows;
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
    if (node.isNumber()) {
      return node.canConvertToLong() && node.isIntegralNumber()
          ? (Object) node.longValue()
          : node.doubleValue();
    }
    return node.asText();
  }

  private static List<Row> cells(Path file) {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSV)) {
      List<CSVRecord> records = parser.getRecords();
      Map<String, ColumnType> types = new LinkedHashMap<>();
      for (String column : parser.getHeaderNames()) {
        types.put(
            column,
            ColumnType.of(
                records.stream().filter(CSVRecord::isConsistent).map(r -> r.get(column)).toList()));
      }
      for (CSVRecord line : records) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!line.isConsistent()) {
          throw new Row(file, line.getRecordNumber() + 1, values)
              .fault("has another number of columns.", "Put texts with commas in double quotes.");
        }
        types.forEach((column, type) -> values.put(column, type.value(line.get(column))));
        rows.add(new Row(file, line.getRecordNumber() + 1, values));
      }
    } catch (UncheckedIOException | IllegalArgumentException | IOException e) {
      throw new UserError(
          "%s is not well-formed CSV: %s".formatted(file, e.getMessage()),
          "Close every double quote, and name every column once in the first line.",
          e);
    }
    return rows;
  }

  private static List<Row> rectangular(List<Row> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.values().keySet()));
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> values = new LinkedHashMap<>();
              columns.forEach(column -> values.put(column, row.values().get(column)));
              return new Row(row.file(), row.line(), values);
            })
        .toList();
  }
}
