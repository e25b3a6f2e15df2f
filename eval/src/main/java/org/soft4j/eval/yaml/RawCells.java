package org.soft4j.eval.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.soft4j.core.UserError;

/**
 * The cells of a CSV file as they stand.
 *
 * @param file it was read from
 * @param columns cells by column, in the order of the rows
 * @param lines numbers of the rows, counted from the header as 1
 */
record RawCells(Path file, Map<String, List<String>> columns, List<Long> lines) {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private static final String MARK = "\ufeff";

  static RawCells read(Path file) {
    try {
      String text = Files.readString(file);
      try (CSVParser parser =
          CSV.parse(new StringReader(text.startsWith(MARK) ? text.substring(1) : text))) {
        return of(file, parser);
      }
    } catch (UncheckedIOException | IllegalArgumentException | IOException e) {
      throw new UserError(
          "%s is not well-formed CSV: %s".formatted(file, e.getMessage()),
          "Close every double quote, name every column once in the first line, save as UTF-8.",
          e);
    }
  }

  private static RawCells of(Path file, CSVParser parser) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    parser.getHeaderNames().forEach(name -> columns.put(name, new ArrayList<>()));
    List<Long> lines = new ArrayList<>();
    for (CSVRecord record : parser) {
      long line = record.getRecordNumber() + 1;
      if (!record.isConsistent()) {
        throw new Row(file, line, Map.of())
            .fault("has another number of columns.", "Put texts with commas in double quotes.");
      }
      lines.add(line);
      columns.forEach((name, cells) -> cells.add(record.get(name)));
    }
    return new RawCells(file, columns, lines);
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
