package org.soft4j.lm.template;

import org.soft4j.lm.template.value.Escapes;

/**
 * One string as Python's source writes it: in one or three quotes of either kind, raw or with
 * escapes.
 *
 * @param value what it says
 * @param end where the text goes on behind it
 */
record PythonString(String value, int end) {
  /** Reads the string that begins at a place. */
  static PythonString at(String text, int from) {
    char prefix = text.charAt(from);
    boolean quoted = prefix == '\'' || prefix == '"';
    boolean raw = prefix == 'r' || prefix == 'R';
    int at = quoted ? from : from + 1;
    char quote = text.charAt(at);
    if (quote != '\'' && quote != '"') {
      throw new IllegalArgumentException("no quote");
    }
    String three = String.valueOf(quote).repeat(3);
    String end = text.startsWith(three, at) ? three : three.substring(2);
    return upTo(end, text, at + end.length(), raw);
  }

  private static PythonString upTo(String end, String text, int from, boolean raw) {
    StringBuilder value = new StringBuilder();
    int at = from;
    while (!text.startsWith(end, at)) {
      char c = text.charAt(at++);
      if (c == '\n' && end.length() == 1) {
        throw new IllegalArgumentException("a line ends within a string");
      }
      if (c != '\\') {
        value.append(c);
      } else if (raw) {
        value.append(c).append(text.charAt(at++));
      } else {
        at = Escapes.read(text, at, value);
      }
    }
    return new PythonString(value.toString(), at + end.length());
  }
}
