package org.soft4j.eval.python;

/** Python's str.strip(): Java's leaves no-break spaces. */
public final class PythonStrip {
  private PythonStrip() {}

  /** The text without white space at its ends. */
  public static String of(String text) {
    int from = 0;
    int end = text.length();
    while (from < end && space(text.charAt(from))) {
      from++;
    }
    while (end > from && space(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(from, end);
  }

  /** Whether str.isspace() holds for the letter. */
  public static boolean space(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
