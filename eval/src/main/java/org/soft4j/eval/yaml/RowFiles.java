package org.soft4j.eval.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.rows.HarnessCells;
import org.soft4j.eval.yaml.rows.HarnessJson;
import org.soft4j.eval.yaml.rows.HarnessRows;

/**
 * Reads rows from JSON Lines ({@code .jsonl}), a JSON array ({@code .json}) or CSV ({@code .csv}).
 * Every row gets every column; what it lacks is null. A CSV column holds numbers where each of its
 * cells is written as Python writes that number, so that its text stays what it was, and truth
 * values where all are True and False; an empty cell is null.
 */
final class RowFiles {
  /** Ends of the names of files that can be read. */
  static final List<String> ENDINGS = List.of(".jsonl", ".json", ".csv");

  /** Every row gets every column, so that rows with columns of their own would fill the memory. */
  private static final long MOST_CELLS = 100_000_000;

  private RowFiles() {}

  /** The rows with their texts as they stand. */
  static List<Row> read(Path file) {
    List<Row> rows;
    if (ends(file, ".jsonl")) {
      rows = RawJson.asTheyStand(RawJson.lines(file));
    } else if (ends(file, ".json")) {
      rows = RawJson.asTheyStand(RawJson.list(file));
    } else if (ends(file, ".csv")) {
      rows = RawCells.read(file).asTheyStand();
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

  /**
   * The rows as the reference harness's loader types them.
   *
   * @throws IllegalArgumentException for what it ends at, or what is not read exactly as it does
   */
  static HarnessRows harness(Path file) {
    long bytes = bytes(file);
    if (ends(file, ".csv")) {
      return HarnessCells.typed(RawCells.read(file).columns(), bytes);
    }
    boolean list = ends(file, ".json");
    List<Row> rows = list ? RawJson.list(file) : RawJson.lines(file);
    return HarnessJson.typed(rows.stream().map(Row::values).toList(), list, bytes);
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ".", "Check the path.", e);
    }
  }

  private static boolean ends(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static List<Row> rectangular(List<Row> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.values().keySet()));
    if ((long) rows.size() * columns.size() > MOST_CELLS) {
      throw new UserError(
          "%s has %s rows and %s columns in all, which is more than %s cells."
              .formatted(rows.get(0).file(), rows.size(), columns.size(), MOST_CELLS),
          "Give all rows the same columns, or part the file.");
    }
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
