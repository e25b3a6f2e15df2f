package org.soft4j.lm.template.value;

/** What Python's escapes mean that stand between quotes behind a backslash. */
public final class Escapes {
  private static final String LETTERS = "\\'\"abfnrtv";
  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";
  private static final int OCTAL_DIGITS = 3;

  private Escapes() {}

  /**
   * Writes what an escape means. One that Python does not know keeps its backslash, so that {@code
   * '\d'} is two characters; a line end is left out.
   *
   * @param at where the letter behind the backslash stands
   * @return where the text goes on behind the escape
   * @throws IllegalArgumentException if it means no character, or is one by its name
   */
  public static int read(String text, int at, StringBuilder out) {
    char letter = text.charAt(at);
    if (LETTERS.indexOf(letter) >= 0) {
      out.append(MEANT.charAt(LETTERS.indexOf(letter)));
    } else if (letter >= '0' && letter <= '7') {
      int end = at;
      while (end < Math.min(at + OCTAL_DIGITS, text.length()) && isOctal(text.charAt(end))) {
        end++;
      }
      out.appendCodePoint(Integer.parseInt(text.substring(at, end), 8));
      return end;
    } else if (letter == 'x' || letter == 'u' || letter == 'U') {
      int end = at + 1 + (letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
      out.appendCodePoint(
          point(text.substring(at + 1, Math.min(end, text.length())), end - at - 1));
      return end;
    } else if (letter == 'N') {
      throw new IllegalArgumentException("the escape \\N is not supported");
    } else if (letter != '\n') {
      out.append('\\').append(letter);
    }
    return at + 1;
  }

  private static boolean isOctal(char digit) {
    return digit >= '0' && digit <= '7';
  }

  /** Half of a pair is a character of its own in Python, and none in a Java text. */
  private static int point(String code, int digits) {
    boolean hexadecimal = code.length() == digits && code.matches("[0-9a-fA-F]+");
    int point = hexadecimal ? Integer.parseUnsignedInt(code, 16) : -1;
    if (!Character.isValidCodePoint(point) || Character.getType(point) == Character.SURROGATE) {
      throw new IllegalArgumentException("an escape within quotes is not a letter's number");
    }
    return point;
  }
}
