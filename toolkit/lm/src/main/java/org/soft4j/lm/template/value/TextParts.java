package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Python's ways of taking a text apart, and of putting one together. */
public final class TextParts {
  private static final Pattern LINE =
      Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]");

  private TextParts() {}

  /** The text without white space at its ends, or without the letters that are given. */
  public static String stripped(
      Rendering rendering, String text, Object letters, boolean left, boolean right) {
    if (letters == None.NONE) {
      return PythonText.stripped(text, left, right);
    }
    if (!(letters instanceof String gone)) {
      throw new TemplateFault(Repr.kind(letters) + " is no text of letters to be stripped");
    }
    rendering.readAll(gone.length());
    Set<Integer> points = gone.codePoints().boxed().collect(Collectors.toSet());
    return PythonText.stripped(text, points::contains, left, right);
  }

  /** What split and rsplit give, the second of which cuts from the end. */
  static List<Object> split(Rendering rendering, String text, Arguments given, boolean last) {
    long most = given.whole("maxsplit", -1);
    if (given.get("sep") == None.NONE) {
      return words(text, most < 0 ? Long.MAX_VALUE : most, last && most >= 0);
    }
    String wanted = separator(rendering, text, given);
    return last ? fromEnd(text, wanted, most) : fromStart(text, wanted, most);
  }

  private static String separator(Rendering rendering, String text, Arguments given) {
    String wanted = given.text("sep");
    if (wanted.isEmpty()) {
      throw new TemplateFault(given.signature().caller() + " is called with an empty separator");
    }
    rendering.seek(text, wanted);
    return wanted;
  }

  private static List<Object> fromStart(String text, String wanted, long most) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(wanted);
    while (at >= 0 && parts.size() != most) {
      Bounds.add(parts, text.substring(from, at));
      from = at + wanted.length();
      at = text.indexOf(wanted, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> fromEnd(String text, String wanted, long most) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(wanted);
    while (at >= 0 && parts.size() != most) {
      Bounds.add(parts, text.substring(at + wanted.length(), end));
      end = at;
      at = text.lastIndexOf(wanted, end - wanted.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(String text, long most, boolean last) {
    List<Object> words = new ArrayList<>();
    if (!last) {
      PythonText.eachWord(text, most, word -> Bounds.add(words, word));
      return words;
    }
    int end = edge(text, text.length(), true);
    while (end > 0) {
      int at = words.size() == most ? 0 : edge(text, end, false);
      Bounds.add(words, text.substring(at, end));
      end = edge(text, at, true);
    }
    Collections.reverse(words);
    return words;
  }

  /** Where white space, or what is none, begins that ends at a place. */
  private static int edge(String text, int end, boolean space) {
    int at = end;
    while (at > 0 && PythonText.isSpace(text.charAt(at - 1)) == space) {
      at--;
    }
    return at;
  }

  /** Python's splitlines(). */
  public static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    int from = 0;
    while (line.find()) {
      Bounds.add(lines, text.substring(from, keepEnds ? line.end() : line.start()));
      from = line.end();
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  static Tuple partition(Rendering rendering, String text, Arguments given, boolean last) {
    String wanted = separator(rendering, text, given);
    int at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    if (at < 0) {
      return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, at), wanted, text.substring(at + wanted.length()));
  }

  /** The values as texts, with another between them. */
  public static String joined(Rendering rendering, String between, List<?> parts) {
    TextBuilder joined = new TextBuilder();
    for (int i = 0; i < parts.size(); i++) {
      joined.add(i == 0 ? "" : between).add(rendering.str(parts.get(i)));
    }
    return joined.toString();
  }

  /** Replaces a part as often as it is there, or so many times; below 0 is as often. */
  public static String replaced(
      Rendering rendering, String text, String old, String by, long times) {
    rendering.seek(text, old);
    TextBuilder out = new TextBuilder();
    long left = times < 0 ? Long.MAX_VALUE : times;
    int from = 0;
    int at = text.indexOf(old);
    while (at >= 0 && left-- > 0) {
      out.add(text, from, at).add(by);
      from = at + old.length();
      // What is empty stands before every letter, and at the end.
      int next = old.isEmpty() && at < text.length() ? text.offsetByCodePoints(at, 1) : from;
      at = old.isEmpty() && at == text.length() ? -1 : text.indexOf(old, next);
    }
    return out.add(text, from, text.length()).toString();
  }

  static long count(Rendering rendering, String text, String part) {
    rendering.seek(text, part);
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** Python's center, whose odd letter goes left where the width is odd. */
  public static String centered(String text, long width, String fill) {
    long missing = Math.max(0, width - text.codePointCount(0, text.length()));
    Bounds.requireShort(missing, Bounds.ELEMENTS);
    long left = missing / 2 + (missing & width & 1);
    return new TextBuilder().add(fill, left).add(text).add(fill, missing - left).toString();
  }
}
