package org.soft4j.lm.template.syntax;

import java.util.Map;
import java.util.function.Function;

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

  static String meaning(String quoted, Function<String, SyntaxFault> fault) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < quoted.length()) {
      char letter = quoted.charAt(at);
      if (letter == '\\') {
        at = escaped(quoted, at + 1, out, fault);
      } else {
        out.append(letter);
        at++;
      }
    }
    return out.toString();
  }

  /** Writes what an escape means, and says where it ends. */
  private static int escaped(
      String quoted, int at, StringBuilder out, Function<String, SyntaxFault> fault) {
    char letter = quoted.charAt(at);
    if (DIGITS.containsKey(letter)) {
      int end = at + 1 + DIGITS.get(letter);
      out.appendCodePoint(number(quoted, at + 1, end, 16, fault));
      return end;
    }
    if (letter >= '0' && letter <= '7') {
      int end = at + 1;
      while (end < Math.min(at + 3, quoted.length())
          && "01234567".indexOf(quoted.charAt(end)) >= 0) {
        end++;
      }
      out.appendCodePoint(number(quoted, at, end, 8, fault));
      return end;
    }
    if (letter == 'N' || letter > '\u007f') {
      throw fault.apply("the escape \\" + letter + " is not supported");
    }
    out.append(SINGLE.getOrDefault(letter, "\\" + letter));
    return at + 1;
  }

  private static int number(
      String quoted, int from, int end, int radix, Function<String, SyntaxFault> fault) {
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
    throw fault.apply("an escape within quotes is not a letter's number");
  }
}
