package org.soft4j.lm.template;

import java.util.Map;

/** What stands between quotes, with the escapes of Python taken for what they mean. */
final class QuotedText {
  private static final Map<Character, String> SINGLE =
      Map.ofEntries(
          Map.entry('n', "\n"),
          Map.entry('t', "\t"),
          Map.entry('r', "\r"),
          Map.entry('\\', "\\"),
          Map.entry('\'', "'"),
          Map.entry('"', "\""),
          Map.entry('a', "\u0007"),
          Map.entry('b', "\b"),
          Map.entry('f', "\f"),
          Map.entry('v', "\u000b"),
          Map.entry('\n', ""));

  private static final Map<Character, Integer> DIGITS = Map.of('x', 2, 'u', 4, 'U', 8);

  private QuotedText() {}

  static String meaning(String quoted, int place) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < quoted.length()) {
      char letter = quoted.charAt(at);
      if (letter == '\\') {
        at = escaped(quoted, at + 1, out, place);
      } else {
        out.append(letter);
        at++;
      }
    }
    return out.toString();
  }

  /** Writes what an escape means, and says where it ends. */
  private static int escaped(String quoted, int at, StringBuilder out, int place) {
    char letter = quoted.charAt(at);
    if (DIGITS.containsKey(letter)) {
      int end = at + 1 + DIGITS.get(letter);
      out.appendCodePoint(number(quoted, at + 1, end, 16, place));
      return end;
    }
    if (letter >= '0' && letter <= '7') {
      int end = at + 1;
      while (end < Math.min(at + 3, quoted.length())
          && "01234567".indexOf(quoted.charAt(end)) >= 0) {
        end++;
      }
      out.appendCodePoint(number(quoted, at, end, 8, place));
      return end;
    }
    if (letter == 'N') {
      throw new TemplateSyntax("the escape \\N is not supported", place);
    }
    out.append(SINGLE.getOrDefault(letter, "\\" + letter));
    return at + 1;
  }

  private static int number(String quoted, int from, int end, int radix, int place) {
    try {
      int number = Integer.parseUnsignedInt(quoted.substring(from, end), radix);
      if (Character.isValidCodePoint(number)
          && Character.getType(number) != Character.SURROGATE
          && Character.isLetterOrDigit(quoted.charAt(from))) {
        return number;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      // falls through to the error below
    }
    throw new TemplateSyntax("an escape within quotes is not a letter's number", place);
  }
}
