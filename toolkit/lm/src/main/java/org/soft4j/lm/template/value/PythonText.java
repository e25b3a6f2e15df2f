package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** What Python does with texts; Java's own differ in small things. */
public final class PythonText {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:_\\d+)*");

  private PythonText() {}

  /** Python's strip(): Java's leaves no-break spaces. */
  public static String stripped(String text) {
    return stripped(text, None.NONE, true, true);
  }

  /** The text without white space at its ends, or without the given letters. */
  public static String stripped(String text, Object letters, boolean left, boolean right) {
    if (letters != None.NONE && !(letters instanceof String)) {
      throw new TemplateFault(Repr.kind(letters) + " is no text of letters to be stripped");
    }
    IntPredicate gone =
        letters == None.NONE ? PythonText::isSpace : c -> Repr.str(letters).indexOf(c) >= 0;
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

  /** Python's title(): a letter is small after another letter that has a case. */
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    // Of the whole text, since a sigma at the end of a word is another letter.
    String lower = text.toLowerCase(Locale.ROOT);
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

  public static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    // The rest is looked at together with what stands before it, for the sake of a final sigma.
    String lower = ("x" + text.substring(Character.charCount(first))).toLowerCase(Locale.ROOT);
    return titled(first) + lower.substring(1);
  }

  /** One letter as a word begins with it; ß becomes Ss. */
  static String titled(int c) {
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    boolean single = upper.codePointCount(0, upper.length()) == 1;
    if (single || Character.toTitleCase(c) != c) {
      return Character.toString(Character.toTitleCase(c));
    }
    int first = Character.charCount(upper.codePointAt(0));
    boolean cased = Character.isUpperCase(upper.codePointAt(0));
    String rest = upper.substring(first).replace('\u0399', '\u0345');
    return upper.substring(0, first) + (cased ? rest.toLowerCase(Locale.ROOT) : rest);
  }

  /** Replaces a part as often as it is there, or so many times. */
  public static String replaced(String text, String old, String by, long times) {
    long most = times;
    long size = text.length() + count(text, old) * Math.max(0L, (long) by.length() - old.length());
    Bounds.requireShort(size, Bounds.CHARACTERS);
    if (old.isEmpty()) {
      return between(text, by, most < 0 ? Long.MAX_VALUE : most);
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    while (at >= 0 && most-- != 0) {
      out.append(text, from, at).append(by);
      from = at + old.length();
      at = text.indexOf(old, from);
    }
    return out.append(text.substring(from)).toString();
  }

  private static String between(String text, String by, long most) {
    StringBuilder out = new StringBuilder();
    long left = most;
    for (int c : text.codePoints().toArray()) {
      out.append(left-- > 0 ? by : "").appendCodePoint(c);
    }
    return out.append(left > 0 ? by : "").toString();
  }

  static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** The values as texts, with another between them. */
  public static String joined(String between, List<Object> parts) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      joined.append(i == 0 ? "" : between).append(Repr.str(parts.get(i)));
      Bounds.requireShort(joined.length(), Bounds.CHARACTERS);
    }
    return joined.toString();
  }

  /** Python's split() without a separator: the words between white space. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || isSpace(text.charAt(i));
      if (!space && from < 0) {
        from = i;
      } else if (space && from >= 0) {
        words.add(text.substring(from, i));
        from = -1;
      }
    }
    return words;
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

  /** Python's splitlines(). */
  public static List<Object> lines(String text) {
    return Splitting.lines(text, false);
  }

  /** Python's center, whose odd letter goes left where the width is odd. */
  public static String centered(String text, long width, String fill) {
    long missing = Math.max(0, width - text.codePointCount(0, text.length()));
    Bounds.requireShort(missing, Bounds.ELEMENTS);
    int left = (int) (missing / 2 + (missing & width & 1));
    return fill.repeat(left) + text + fill.repeat((int) missing - left);
  }

  static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String letter = Character.toString(c);
              out.append(
                  Character.isUpperCase(c)
                      ? letter.toLowerCase(Locale.ROOT)
                      : letter.toUpperCase(Locale.ROOT));
            });
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

  static boolean isAlphanumeric(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }
}
