package org.soft4j.eval.yaml.rows;

import java.util.List;
import java.util.Map;

/**
 * The rows of a file as the harness's loader gives them.
 *
 * @param types of the columns in words, which must be the same in all files of a set
 * @param rows values by column
 */
public record HarnessRows(String types, List<Map<String, Object>> rows) {
  /** Bytes of JSON that the loader types together. */
  static final long MOST_JSON = 10 << 20;

  public HarnessRows {
    rows = List.copyOf(rows);
  }
}
