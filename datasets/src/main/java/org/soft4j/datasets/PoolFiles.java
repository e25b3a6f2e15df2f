package org.soft4j.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;

/**
 * Reads demonstrations from JSON Lines ({@code .jsonl}), CSV ({@code .csv}) or Parquet ({@code
 * .parquet}).
 *
 * <p>Columns: {@code prompt} (or what {@link PromptFiles} takes for it) and {@code response};
 * {@code id}, else {@code row-N} with N counted from 1; {@code type}, else {@code source}, else
 * none. Other columns are passed over.
 */
public final class PoolFiles {
  private PoolFiles() {}

  /** All demonstrations in the order of the file; a fault is a UserError with file and line. */
  public static List<Demonstration> read(Path file) {
    List<Demonstration> pool = new ArrayList<>();
    Rows.read(file, row -> pool.add(demonstration(row, pool.size() + 1)));
    if (pool.isEmpty()) {
      throw new UserError(
          file + " holds no demonstration.", "Give one prompt with its response a line.");
    }
    return List.copyOf(pool);
  }

  private static Demonstration demonstration(Rows.Row row, int number) {
    return new Demonstration(
        row.id(number),
        row.first("type", "source").orElse(""),
        row.prompt(),
        row.required("response"));
  }
}
