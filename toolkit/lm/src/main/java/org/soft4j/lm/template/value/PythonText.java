package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What Python does with texts; Java's own differ in small things. */
public final class PythonText {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:_\\d+)*");

  /** Letters whose case is changed at a time. */
  private static final int PIECE = 128;

  private PythonText() {}

  /** Python's strip(): Java's leaves no-break spaces. */
  public static String stripped(String text) {
    return stripped(text, true, true);
  }

  /** The text without white space at its beginning, at its end or at both. */
  public static String stripped(String text, boolean left, boolean right) {
    return stripped(text, PythonText::isSpace, left, right);
  }

  /** The text without the letters at its ends that are to go. */
  public static String stripped(String text, IntPredicate gone, boolean left, boolean right) {
    int from = 0;
    int end = text.length();
    while (left && from < end && gone.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && end > from && gone.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(from, end);
  }

  /** Python's isspace() of one letter. */
  public static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Python's split() without a separator: the words between white space. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    eachWord(text, Long.MAX_VALUE, words::add);
    return words;
  }

  /** Tells the words between white space, so many at most, and then all the rest as one. */
  static void eachWord(String text, long most, Consumer<String> visitor) {
    long count = 0;
    int at = edge(text, 0, true);
    while (at < text.length()) {
      int end = count++ == most ? text.length() : edge(text, at, false);
      visitor.accept(text.substring(at, end));
      at = edge(text, end, true);
    }
  }

  /** Where white space, or what is none, ends that begins at a place. */
  private static int edge(String text, int from, boolean space) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at)) == space) {
      at++;
    }
    return at;
  }

  /** The text in capitals. */
  public static String upper(String text) {
    return inPieces(text, piece -> piece.toUpperCase(Locale.ROOT));
  }

  /** The text in small letters. */
  public static String lower(String text) {
    return inPieces(text, piece -> piece.toLowerCase(Locale.ROOT));
  }

  /** In pieces, since Java's own time grows with the square of the letters that become two. */
  private static String inPieces(String text, UnaryOperator<String> change) {
    if (text.length() <= PIECE) {
      return change.apply(text);
    }
    TextBuilder changed = new TextBuilder();
    for (int from = 0; from < text.length(); ) {
      int end = pieceEnd(text, from);
      changed.add(change.apply(text.substring(from, end)));
      from = end;
    }
    return changed.toString();
  }

  /**
   * Behind white space, where no letter's form hangs on its neighbours; in a long word anywhere.
   */
  private static int pieceEnd(String text, int from) {
    int end = Math.min(text.length(), from + PIECE);
    for (int at = end; end < text.length() && at > from + PIECE / 2; at--) {
      if (isSpace(text.charAt(at - 1))) {
        return at;
      }
    }
    boolean parts = end < text.length() && Character.isLowSurrogate(text.charAt(end));
    return parts ? end - 1 : end;
  }

  /** Whether int(text) takes a text. */
  public static boolean isWhole(String text) {
    return WHOLE.matcher(stripped(text)).matches();
  }

  /**
   * What int(value) gives for a number, a truth value or a text that writes a whole number.
   *
   * @throws IllegalArgumentException where Python would refuse it
   */
  public static long whole(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof String text && isWhole(text)) {
      return Long.parseLong(stripped(text).replace("_", ""));
    }
    throw new IllegalArgumentException(value + " is no whole number");
  }

  /** Python's title(): a letter is small after another letter that has a case. */
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    // Of the whole text, since a sigma at the end of a word is another letter.
    String lower = lower(text);
    boolean within = false;
    int at = 0;
    for (int c : text.codePoints().toArray()) {
      int end = at + Character.toString(c).toLowerCase(Locale.ROOT).length();
      out.append(within ? lower.substring(at, end) : titled(c));
      within = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
      at = end;
    }
    return out.toString();
  }

  /** Python's capitalize(). */
  public static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    // The rest is looked at together with what stands before it, for the sake of a final sigma.
    String lower = lower("x" + text.substring(Character.charCount(first)));
    return titled(first) + lower.substring(1);
  }

  /** One letter as a word begins with it; ß becomes Ss. */
  private static String titled(int c) {
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    boolean single = upper.codePointCount(0, upper.length()) == 1;
    if (single || Character.toTitleCase(c) != c) {
      return Character.toString(Character.toTitleCase(c));
    }
    int first = Character.charCount(upper.codePointAt(0));
    boolean cased = Character.isUpperCase(upper.codePointAt(0));
    String rest = upper.substring(first).replace('\u0399', '\u0345');
    return upper.substring(0, first) + (cased ? lower(rest) : rest);
  }

  /** Python's swapcase(). */
  static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      String letter = Character.toString(c);
      out.append(
          Character.isUpperCase(c)
              ? letter.toLowerCase(Locale.ROOT)
              : letter.toUpperCase(Locale.ROOT));
    }
    return out.toString();
  }

  /** Whether a text has letters of one case and none of the other. */
  public static boolean isCased(String text, boolean upper) {
    IntPredicate wanted = upper ? Character::isUpperCase : Character::isLowerCase;
    IntPredicate other = upper ? Character::isLowerCase : Character::isUpperCase;
    return text.codePoints().anyMatch(wanted)
        && text.codePoints().noneMatch(other)
        && text.codePoints().noneMatch(Character::isTitleCase);
  }

  /** Python's isdigit() of one letter, which holds for raised digits too. */
  static boolean isDigit(int c) {
    boolean raised =
        c == '\u00b2' || c == '\u00b3' || c == '\u00b9' || (c >= 0x2070 && c <= 0x2089);
    if (!raised && Character.getType(c) == Character.OTHER_NUMBER) {
      throw new TemplateFault("whether an unusual number is a digit is not supported");
    }
    return raised || Character.isDigit(c);
  }

  /** Python's isalnum() of one letter. */
  static boolean isAlphanumeric(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }
}
