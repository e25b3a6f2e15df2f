package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Csv;

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
}
