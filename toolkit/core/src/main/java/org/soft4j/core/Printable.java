package org.soft4j.core;

/**
 * Text from outside, made harmless for a terminal or a page: what would move a cursor, colour a
 * screen, turn the reading direction, break a line or not be seen at all is written out as {@code
 * \}{@code u202e}, as JSON writes it, so that JSON that is printed keeps its value.
 *
 * <p>Escaped are controls (C0, DEL, C1), line and paragraph separators, marks and overrides of
 * direction, characters without width, tags, lone surrogates and code points that are no
 * characters. Joiners (U+200C, U+200D) stay between characters of the scripts and pictures that
 * need them.
 */
public final class Printable {
  /** Below this stand Latin, Greek, Cyrillic and Armenian, which join nothing. */
  private static final int JOINING = 0x590;

  private Printable() {}

  /** A text of several lines: their ends and tabs stay. */
  public static String text(String text) {
    return escaped(text, true);
  }

  /** A name, or whatever else stands on one line: line feeds and tabs are escaped too. */
  public static String line(String text) {
    return escaped(text, false);
  }

  /** Whether {@link #line} leaves it as it is. */
  public static boolean isLine(String text) {
    return line(text).equals(text);
  }

  private static String escaped(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    int before = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      int after = end < text.length() ? text.codePointAt(end) : 0;
      boolean joins = (c == 0x200C || c == 0x200D) && before >= JOINING && after >= JOINING;
      boolean breaks = c == '\n' || c == '\t' || c == '\r' && after == '\n';
      if (joins || (breaks ? lines : seen(c))) {
        out.appendCodePoint(c);
      } else {
        text.substring(i, end).chars().forEach(unit -> escape(out, unit));
      }
      before = c;
      i = end;
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, int unit) {
    switch (unit) {
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(Character.forDigit(unit >> 12, 16))
              .append(Character.forDigit(unit >> 8 & 15, 16))
              .append(Character.forDigit(unit >> 4 & 15, 16))
              .append(Character.forDigit(unit & 15, 16));
    }
  }

  private static boolean seen(int c) {
    if (c < 0x7F) {
      return c >= ' ';
    }
    boolean noCharacter = (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    return !noCharacter && !hidden(c);
  }

  /** Controls, separators of lines, directions, no width, tags, halves of pairs. */
  private static boolean hidden(int c) {
    return c <= 0x9F
        || c == 0xAD
        || c == 0x61C
        || c == 0x180E
        || c >= 0x200B && c <= 0x200F
        || c >= 0x2028 && c <= 0x202E
        || c >= 0x2060 && c <= 0x206F
        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
        || c == 0xFEFF
        || c >= 0xFFF9 && c <= 0xFFFB
        || c >= 0xE0000 && c <= 0xE0FFF;
  }
}
