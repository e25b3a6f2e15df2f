package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.core.Csv;
import org.soft4j.lm.template.PythonValues;

/**
 * The cells of a CSV file as they stand.
 *
 * @param file it was read from
 * @param columns cells by column, in the order of the rows
 * @param lines of the file that the rows begin in, counted from 1
 */
record RawCells(Path file, Map<String, List<String>> columns, List<Long> lines) {
  static RawCells read(Path file) {
    Csv.Table table = Csv.read(file);
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String name : table.header()) {
      columns.put(name, table.rows().stream().map(row -> row.text(name)).toList());
    }
    return new RawCells(file, columns, table.rows().stream().map(Csv.Row::line).toList());
  }

  /** The rows for templates. */
  List<Row> asTheyStand() {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    columns.forEach((name, cells) -> types.put(name, ColumnType.of(cells)));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, ColumnType> type : types.entrySet()) {
        values.put(type.getKey(), type.getValue().value(columns.get(type.getKey()).get(i)));
      }
      rows.add(new Row(file, lines.get(i), values));
    }
    return rows;
  }

  /** What the cells of a CSV column are; numbers only where each is written as Python writes it. */
  private enum ColumnType {
    WHOLE("0|-?[1-9]\\d{0,17}"),
    NUMBER("-?\\d+\\.\\d+|-?\\d(\\.\\d+)?e[-+]\\d{2,3}"),
    TRUTH("True|False|true|false|TRUE|FALSE"),
    TEXT("(?s).*");

    private final Pattern cell;

    ColumnType(String cell) {
      this.cell = Pattern.compile(cell);
    }

    /** The narrowest type that all cells but the empty ones have. */
    static ColumnType of(List<String> cells) {
      List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
      if (filled.isEmpty()) {
        return TEXT;
      }
      for (ColumnType type : values()) {
        if (filled.stream().allMatch(type::fits)) {
          return type;
        }
      }
      return TEXT;
    }

    /** A number whose digits would change, such as 2.50, stays a text. */
    private boolean fits(String text) {
      return cell.matcher(text).matches()
          && (this != NUMBER || PythonValues.str(Double.valueOf(text)).equals(text));
    }

    Object value(String cell) {
      if (cell.isEmpty()) {
        return null;
      }
      return switch (this) {
        case WHOLE -> (Object) Long.valueOf(cell);
        case NUMBER -> Double.valueOf(cell);
        case TRUTH -> Boolean.valueOf(cell);
        case TEXT -> cell;
      };
    }
  }
}
