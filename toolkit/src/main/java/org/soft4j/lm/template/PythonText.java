package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jinjava.javax.el.ELException;

/** Python's methods of texts, which chat templates call. Java's own differ in small things. */
final class PythonText {
  /** What templates call; others are refused by name. */
  private static final List<String> KNOWN =
      List.of(
          "strip",
          "lstrip",
          "rstrip",
          "startswith",
          "endswith",
          "split",
          "splitlines",
          "upper",
          "lower",
          "title",
          "capitalize",
          "replace",
          "find",
          "count",
          "join");

  private static final Pattern LINE =
      Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]");

  private PythonText() {}

  /** A method of a text, where it is one that is known here. */
  static Optional<Callable> method(String text, String name) {
    return Optional.of(name)
        .filter(KNOWN::contains)
        .map(known -> (scope, arguments) -> call(scope, text, name, arguments));
  }

  private static Object call(Scope scope, String text, String name, Arguments given) {
    given.only("a text's method " + name, 3);
    return switch (name) {
      case "strip" -> stripped(text, letters(given), true, true);
      case "lstrip" -> stripped(text, letters(given), true, false);
      case "rstrip" -> stripped(text, letters(given), false, true);
      case "startswith" -> any(given, name, text::startsWith);
      case "endswith" -> any(given, name, text::endsWith);
      case "split" -> split(text, given);
      case "splitlines" -> lines(text);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalized(text);
      case "replace" -> replaced(text, given);
      case "find" -> find(text, given.only("find", 1).text(0, "part", name));
      case "count" -> count(text, given.only("count", 1).text(0, "part", name));
      default -> join(scope, text, given.only("join", 1).required(0, "values", name));
    };
  }

  private static boolean any(Arguments given, String name, Predicate<String> holds) {
    Object wanted = given.only(name, 1).required(0, "part", name);
    if (wanted instanceof PythonSequence several) {
      return several.stream().map(PythonValues::str).anyMatch(holds);
    }
    return holds.test(given.text(0, "part", name));
  }

  private static Object letters(Arguments given) {
    return given.only("strip", 1).get(0, "letters", PythonValues.NONE);
  }

  /** The text without white space at its ends, or without the given letters. */
  static String stripped(String text, Object letters, boolean left, boolean right) {
    IntPredicate gone =
        letters == PythonValues.NONE
            ? PythonText::isSpace
            : c -> PythonValues.str(letters).indexOf(c) >= 0;
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
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static List<Object> split(String text, Arguments given) {
    Object separator = given.only("split", 2).get(0, "sep", PythonValues.NONE);
    long most = Numbers.whole(given.get(1, "maxsplit", -1L));
    if (separator == PythonValues.NONE) {
      return words(text, most);
    }
    if (PythonValues.str(separator).isEmpty()) {
      throw new ELException("split is called with an empty separator");
    }
    int limit = (int) Math.min(most, Integer.MAX_VALUE - 1) + 1;
    String quoted = Pattern.quote(given.text(0, "sep", "split"));
    return List.of((Object[]) text.split(quoted, limit < 1 ? -1 : limit));
  }

  private static List<Object> words(String text, long most) {
    List<Object> words = new ArrayList<>();
    String left = stripped(text, PythonValues.NONE, true, false);
    while (!left.isEmpty()) {
      int end = 0;
      while (end < left.length() && !isSpace(left.charAt(end))) {
        end++;
      }
      if (words.size() == most) {
        end = left.length();
      }
      words.add(left.substring(0, end));
      left = stripped(left.substring(end), PythonValues.NONE, true, false);
    }
    return words;
  }

  static List<Object> lines(String text) {
    List<Object> lines = new ArrayList<>(List.of((Object[]) LINE.split(text, -1)));
    if (lines.get(lines.size() - 1).equals("")) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  /** Python's title(): a letter is small after another letter that has a case. */
  private static String title(String text) {
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

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    // The rest is looked at together with what stands before it, for the sake of a final sigma.
    String lower = ("x" + text.substring(Character.charCount(first))).toLowerCase(Locale.ROOT);
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
    return upper.substring(0, first) + (cased ? rest.toLowerCase(Locale.ROOT) : rest);
  }

  private static String replaced(String text, Arguments given) {
    String old = given.only("replace", 3, "count").text(0, "old", "replace");
    return replaced(text, old, given.text(1, "new", "replace"), given.get(2, "count", -1L));
  }

  /** Replaces a part as often as it is there, or so many times. */
  static String replaced(String text, String old, String by, Object times) {
    long most = times == PythonValues.NONE ? -1 : Numbers.whole(times);
    long size = text.length() + count(text, old) * Math.max(0L, (long) by.length() - old.length());
    Scope.requireShort(size, Scope.CHARACTERS);
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

  private static long find(String text, String part) {
    int at = text.indexOf(part);
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  private static long count(String text, String part) {
    return part.isEmpty()
        ? text.codePoints().count() + 1L
        : Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }

  private static String join(Scope scope, String text, Object values) {
    List<Object> parts = Operators.elements(scope, values);
    for (Object part : parts) {
      if (!(part instanceof CharSequence)) {
        throw new ELException("join is called with " + Numbers.kind(part));
      }
    }
    return joined(text, parts);
  }

  /** The values as texts, with another between them. */
  static String joined(String between, List<Object> parts) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      joined.append(i == 0 ? "" : between).append(PythonValues.str(parts.get(i)));
      Scope.requireShort(joined.length(), Scope.CHARACTERS);
    }
    return joined.toString();
  }
}
