package org.soft4j.table;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.soft4j.core.Printable;

/** A table as lines of text, for a terminal. */
public final class TextTable {
  private TextTable() {}

  /**
   * Pads every column to its widest cell; what a terminal would obey is escaped.
   *
   * @param cells by line, the head among them; all of the same length
   * @param leftAligned so many columns from the left; the others are numbers
   */
  public static String of(List<List<String>> cells, int leftAligned) {
    List<List<String>> lines =
        cells.stream().map(line -> line.stream().map(Printable::line).toList()).toList();
    int[] widths = new int[lines.get(0).size()];
    lines.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], width(line.get(i)))));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - width(line.get(i)));
        row.append(i == 0 ? "" : "  ")
            .append(i < leftAligned ? line.get(i) + pad : pad + line.get(i));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * The same for a terminal of so many columns: a wider table is parted into tables below each
   * other, each with the left columns and as many of the others as fit, one at least.
   */
  public static String within(List<List<String>> cells, int leftAligned, int columns) {
    List<String> parts = new ArrayList<>();
    int all = cells.get(0).size();
    for (int from = leftAligned; from < all; ) {
      int to = from + 1;
      while (to < all && fits(part(cells, leftAligned, from, to + 1), leftAligned, columns)) {
        to++;
      }
      parts.add(of(part(cells, leftAligned, from, to), leftAligned));
      from = to;
    }
    return parts.isEmpty() ? of(cells, leftAligned) : String.join("\n", parts);
  }

  private static boolean fits(List<List<String>> cells, int leftAligned, int columns) {
    return of(cells, leftAligned).lines().allMatch(line -> width(line) <= columns);
  }

  private static List<List<String>> part(
      List<List<String>> cells, int leftAligned, int from, int to) {
    return cells.stream()
        .map(
            line ->
                Stream.concat(
                        line.subList(0, leftAligned).stream(), line.subList(from, to).stream())
                    .toList())
        .toList();
  }

  /** Breaks a text at its blanks; a word that is longer than a line has one of its own. */
  public static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Printable.line(text).split(" +")) {
      if (line.length() > 0 && width(line.toString()) + 1 + width(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }

  /** Columns of a terminal: marks take none, signs of East Asia and emoji two. */
  static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  private static int width(int codePoint) {
    int type = UCharacter.getType(codePoint);
    if (type == UCharacter.NON_SPACING_MARK
        || type == UCharacter.ENCLOSING_MARK
        || type == UCharacter.FORMAT) {
      return 0;
    }
    int kind = UCharacter.getIntPropertyValue(codePoint, UProperty.EAST_ASIAN_WIDTH);
    return kind == UCharacter.EastAsianWidth.WIDE || kind == UCharacter.EastAsianWidth.FULLWIDTH
        ? 2
        : 1;
  }
}
