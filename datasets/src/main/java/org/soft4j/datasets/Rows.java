package org.soft4j.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.soft4j.core.Csv;
import org.soft4j.core.FileFault;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;
import org.soft4j.datasets.parquet.ParquetRows;

/** Reads the rows of a JSON Lines, CSV or Parquet file as texts by column, whichever it is. */
final class Rows {
  /** Of a Parquet file only these are read. */
  private static final Set<String> COLUMNS =
      Set.of("id", "type", "source", "prompt", "instruction", "input", "text", "response");

  /** What a model reads or writes; a number there is more likely a slip than meant as a text. */
  private static final Set<String> TEXTS =
      Set.of("prompt", "instruction", "input", "text", "response");

  private Rows() {}

  /** A row that can say where it stands. */
  record Row(Path file, String place, Map<String, String> values) {
    /** A column that must be there. */
    String required(String column) {
      String value = values.getOrDefault(column, "");
      if (value.isBlank()) {
        throw fault(
            "\"" + column + "\" is missing or empty; there is " + values.keySet() + ".",
            "Give every row a \"" + column + "\".");
      }
      return value;
    }

    /**
     * What is asked, by the first of these columns that the row has: {@code prompt}; {@code
     * instruction}, with {@code input} after an empty line where there is one; {@code text}.
     */
    String prompt() {
      if (!values.containsKey("prompt") && values.containsKey("instruction")) {
        String input = values.getOrDefault("input", "");
        return required("instruction") + (input.isBlank() ? "" : "\n\n" + input);
      }
      return required(
          !values.containsKey("prompt") && values.containsKey("text") ? "text" : "prompt");
    }

    /**
     * Its id, or {@code row-N} where it has none.
     *
     * @param number N, counted from 1
     */
    String id(int number) {
      return first("id").orElse("row-" + number);
    }

    /** The first of these columns that is there. */
    Optional<String> first(String... columns) {
      for (String column : columns) {
        if (!values.getOrDefault(column, "").isBlank()) {
          return Optional.of(values.get(column));
        }
      }
      return Optional.empty();
    }

    UserError fault(String problem, String remedy) {
      return new UserError(file + ", " + place + ": " + problem, remedy);
    }
  }

  /** Gives each row to the consumer; ends with a UserError where an id stands twice. */
  static void read(Path file, Consumer<Row> rows) {
    Set<String> ids = new HashSet<>();
    int[] number = {0};
    Consumer<Row> checked =
        row -> {
          String id = row.id(++number[0]);
          if (!ids.add(id)) {
            throw row.fault(
                "the id \"" + id + "\" stands twice.", "Give every row an id of its own.");
          }
          rows.accept(row);
        };
    if (Files.notExists(file)) {
      throw FileFault.of(file, new NoSuchFileException(file.toString()));
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      for (Csv.Row row : Csv.read(file).rows()) {
        checked.accept(new Row(file, "line " + row.line(), row.cells()));
      }
    } else if (name.endsWith(".jsonl")) {
      JsonLines.read(
          file, line -> checked.accept(new Row(file, "line " + line.number(), values(line))));
    } else if (name.endsWith(".parquet")) {
      ParquetRows.read(
          file, COLUMNS, (row, values) -> checked.accept(new Row(file, "row " + row, values)));
    } else {
      throw new UserError(
          file + " is neither .jsonl nor .csv nor .parquet.", "Name the file by what it holds.");
    }
  }

  private static Map<String, String> values(JsonLines.Line line) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : line.object().properties()) {
      JsonNode value = field.getValue();
      if (!value.isNull() && TEXTS.contains(field.getKey()) && !value.isTextual()) {
        throw line.fault(
            "\"" + field.getKey() + "\" is no text but " + value + ".",
            value.isContainerNode()
                ? "Write it as the text that the model shall read, or name it otherwise."
                : "Put it in double quotes.");
      }
      if (!value.isNull() && COLUMNS.contains(field.getKey()) && value.isContainerNode()) {
        throw line.fault(
            "\"" + field.getKey() + "\" is a list or an object.",
            "Write it as text, or name it otherwise.");
      }
      if (value.isValueNode() && !value.isNull()) {
        values.put(field.getKey(), value.asText());
      }
    }
    return values;
  }
}
