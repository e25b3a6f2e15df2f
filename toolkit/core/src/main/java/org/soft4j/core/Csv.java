package org.soft4j.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** CSV with a header, as soft4j writes it (line feeds, numbers in full precision) and reads it. */
public final class Csv {
  private static final CSVFormat WRITE = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
  private static final CSVFormat READ =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  /** Bytes of a file, which is read as a whole. */
  static final int MOST_BYTES = 256 << 20;

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
   * A table that was read.
   *
   * @param name of the file, for errors
   * @param header names of the columns, in order
   * @param rows below it
   */
  public record Table(String name, List<String> header, List<Row> rows) {
    /** The same table, once these columns are seen to be there. */
    public Table with(List<String> columns) {
      if (!header.containsAll(columns)) {
        throw new UserError(
            "%s has the columns %s, not all of %s.".formatted(name, header, columns),
            "Make the file again, or name its columns so.");
      }
      return this;
    }
  }

  /**
   * A row of a table.
   *
   * @param name of the file
   * @param line of the file that it begins in, counted from 1
   * @param cells by column, in the order of the header
   */
  public record Row(String name, long line, Map<String, String> cells) {
    /** A cell of a column that is there. */
    public String text(String column) {
      return Objects.requireNonNull(cells.get(column), column);
    }

    /** A whole number. */
    public int whole(String column) {
      return parsed(column, Integer::parseInt);
    }

    /** A number; an empty cell is none. */
    public double number(String column) {
      return text(column).isEmpty() ? Double.NaN : parsed(column, Double::parseDouble);
    }

    private <T> T parsed(String column, Function<String, T> parsing) {
      try {
        return parsing.apply(text(column));
      } catch (NumberFormatException e) {
        throw fault(
            "%s is \"%s\", no number.".formatted(column, text(column)),
            "The file was changed by hand or is of another version; make it again.");
      }
    }

    /** A fault in this row. */
    public UserError fault(String problem, String remedy) {
      return new UserError("%s, line %s: %s".formatted(name, line, problem), remedy);
    }
  }

  /**
   * Reads a file whose first line names its columns. Refused are a name that stands twice, a row of
   * another width, a quote that is not closed, and what is larger than a file or a row may be; a
   * byte order mark and empty lines are passed over.
   */
  public static Table read(Path file) {
    try {
      if (Files.size(InputFile.regular(file)) > MOST_BYTES) {
        throw new UserError(
            "%s is larger than %s bytes.".formatted(file, MOST_BYTES),
            "Write the rows as JSON Lines, which may be larger, or part the file.");
      }
      return read(WholeFile.read(file), file.toString());
    } catch (IOException e) {
      throw FileFault.of(file, e);
    } catch (OutOfMemoryError full) {
      throw BoundedJson.full(file.toString(), full);
    }
  }

  /** Reads the content of a file of that name. */
  public static Table read(String text, String name) {
    try (CSVParser parser = CSVParser.parse(text, READ)) {
      List<String> header = List.copyOf(parser.getHeaderNames());
      List<Row> rows = new ArrayList<>();
      Iterator<CSVRecord> records = parser.iterator();
      long line = parser.getCurrentLineNumber() + 1;
      while (records.hasNext()) {
        CSVRecord record = records.next();
        Row row = new Row(name, line, record.toMap());
        if (!record.isConsistent()) {
          throw row.fault(
              "%s columns where the first line names %s.".formatted(record.size(), header.size()),
              "Put texts with commas or line breaks in double quotes.");
        }
        long letters = record.stream().mapToLong(String::length).sum();
        if (letters > BoundedJson.ROW_BYTES) {
          throw row.fault(
              "the row is longer than %s letters.".formatted(BoundedJson.ROW_BYTES),
              "Close the double quotes of the row, or part its texts.");
        }
        rows.add(row);
        line = parser.getCurrentLineNumber() + 1;
      }
      return new Table(name, header, List.copyOf(rows));
    } catch (UncheckedIOException | IllegalArgumentException | IOException e) {
      throw new UserError(
          name + " is not well-formed CSV: " + reason(e) + ".",
          "Close every double quote, and name every column once in the first line.",
          e);
    }
  }

  /** The parser's own words, which name the line, without the classes it puts before them. */
  private static String reason(Exception failure) {
    return String.valueOf(failure.getMessage()).replaceAll("^(?:[\\w.]+Exception: )+", "");
  }
}
