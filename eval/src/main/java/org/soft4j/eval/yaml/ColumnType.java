package org.soft4j.eval.yaml;

import java.util.List;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonValues;

/** What the cells of a CSV column are; numbers only where each is written as Python writes it. */
enum ColumnType {
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
