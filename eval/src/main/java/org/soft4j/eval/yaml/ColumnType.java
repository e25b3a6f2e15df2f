package org.soft4j.eval.yaml;

import java.util.List;
import java.util.regex.Pattern;

/** What the cells of a CSV column are. */
enum ColumnType {
  WHOLE("-?\\d{1,18}"),
  NUMBER("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?"),
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
      if (filled.stream().allMatch(cell -> type.cell.matcher(cell).matches())) {
        return type;
      }
    }
    return TEXT;
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
