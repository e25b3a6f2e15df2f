package org.soft4j.eval.yaml;

/** Python's str.strip(): Java's leaves no-break spaces. */
final class PythonStrip {
  private PythonStrip() {}

  static String of(String text) {
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

  static boolean space(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
