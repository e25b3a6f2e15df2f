package org.soft4j.lm.template;

/**
 * One string as Python's source writes it: in one or three quotes of either kind, raw or with
 * escapes. An escape that Python does not know keeps its backslash, so that {@code '\d'} is two
 * characters.
 *
 * @param value what it says
 * @param end where the text goes on behind it
 */
record PythonString(String value, int end) {
  private static final int OCTAL_DIGITS = 3;

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
    boolean lines = text.startsWith(three, at);
    return new Reader(text, lines ? at + 3 : at + 1, raw, lines)
        .upTo(lines ? three : three.substring(2));
  }

  /** Walks over one string. */
  private static final class Reader {
    private final String text;
    private final boolean raw;
    private final boolean lines;
    private final StringBuilder value = new StringBuilder();
    private int at;

    Reader(String text, int at, boolean raw, boolean lines) {
      this.text = text;
      this.at = at;
      this.raw = raw;
      this.lines = lines;
    }

    PythonString upTo(String end) {
      while (!text.startsWith(end, at)) {
        char c = text.charAt(at++);
        if (c == '\n' && !lines) {
          throw new IllegalArgumentException("a line ends within a string");
        }
        if (c != '\\') {
          value.append(c);
        } else if (raw) {
          value.append(c).append(text.charAt(at++));
        } else {
          escape(text.charAt(at++));
        }
      }
      return new PythonString(value.toString(), at + end.length());
    }

    private void escape(char c) {
      switch (c) {
        case '\n' -> {}
        case '\\', '\'', '"' -> value.append(c);
        case 'a' -> value.append('\u0007');
        case 'b' -> value.append('\b');
        case 'f' -> value.append('\f');
        case 'n' -> value.append('\n');
        case 'r' -> value.append('\r');
        case 't' -> value.append('\t');
        case 'v' -> value.append('\u000b');
        case 'x' -> hex(2);
        case 'u' -> hex(4);
        case 'U' -> hex(8);
        case 'N' -> throw new IllegalArgumentException("a character by its name");
        case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
        default -> value.append('\\').append(c);
      }
    }

    /** Half of a pair is a character of its own in Python, and none in a Java text. */
    private void hex(int digits) {
      String code = text.substring(at, at + digits);
      int point = code.matches("[0-9a-fA-F]+") ? Integer.parseUnsignedInt(code, 16) : -1;
      if (!Character.isValidCodePoint(point)
          || Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)) {
        throw new IllegalArgumentException("no character: " + code);
      }
      at += digits;
      value.appendCodePoint(point);
    }

    private void octal() {
      int from = --at;
      while (at < from + OCTAL_DIGITS && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
        at++;
      }
      value.appendCodePoint(Integer.parseInt(text.substring(from, at), 8));
    }
  }
}
