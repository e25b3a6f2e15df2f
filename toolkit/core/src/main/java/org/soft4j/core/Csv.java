package org.soft4j.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** CSV as soft4j writes it: a header, line feeds, numbers in full precision. */
public final class Csv {
  private static final CSVFormat WRITE = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
  private static final CSVFormat READ =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private Csv() {}

  /** A table of rows under a header. */
  public static String write(List<String> header, List<? extends List<?>> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, WRITE)) {
      printer.printRecord(header);
      for (List<?> row : rows) {
        printer.printRecord(row.stream().map(Csv::cell).toList());
      }
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder takes every text", e);
    }
    return text.toString();
  }

  /** What has no value is an empty cell; an infinity is a fault of whoever writes it. */
  private static Object cell(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      if (number.isNaN()) {
        return "";
      }
      throw new IllegalArgumentException("a number of a table is " + number);
    }
    return value;
  }

  /**
   * Reads rows by column name.
   *
   * @param text the file's content
   * @param columns that must be there
   * @param name of the file, for errors
   */
  public static List<Map<String, String>> read(String text, List<String> columns, String name) {
    List<Map<String, String>> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, READ)) {
      if (!parser.getHeaderNames().containsAll(columns)) {
        throw new UserError(
            name + " has the columns " + parser.getHeaderNames() + ", not all of " + columns + ".",
            "Make the file again, or name its columns so.");
      }
      for (CSVRecord row : parser) {
        if (!row.isConsistent()) {
          throw new UserError(
              name + ", line " + parser.getCurrentLineNumber() + ": " + row.size() + " columns.",
              "Give every row " + parser.getHeaderNames().size() + " columns.");
        }
        rows.add(row.toMap());
      }
    } catch (IOException e) {
      throw new UserError(name + " is no CSV: " + e.getMessage(), "Make the file again.", e);
    }
    return List.copyOf(rows);
  }
}
