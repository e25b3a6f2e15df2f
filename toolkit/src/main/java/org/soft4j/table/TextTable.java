package org.soft4j.table;

import java.util.Arrays;
import java.util.List;

/** A table as lines of text, for a terminal. */
public final class TextTable {
  private TextTable() {}

  /**
   * Pads every column to its widest cell.
   *
   * @param lines cells by line, the head among them; all of the same length
   * @param leftAligned so many columns from the left; the others are numbers
   */
  public static String of(List<List<String>> lines, int leftAligned) {
    int[] widths = new int[lines.get(0).size()];
    lines.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length())));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - line.get(i).length());
        row.append(i == 0 ? "" : "  ")
            .append(i < leftAligned ? line.get(i) + pad : pad + line.get(i));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
