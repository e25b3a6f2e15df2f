package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Python literals that judges are asked for and that templates write: lists, tuples,
 * dictionaries, strings, numbers, True, False and None. What Python's ast.literal_eval would
 * refuse, such as words around the list, is refused; so are sets, bytes, complex numbers and {@code
 * \N{…}}, which no reader here has a use for.
 */
public final class PythonLiteral {
  private static final int MOST_DEPTH = 50;

  /** Possessive repeats, since others of a group take a stack frame a digit. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++"
              + "|(?:\\d(?:_?\\d)*+\\.(?:\\d(?:_?\\d)*+)?|\\.\\d(?:_?\\d)*+)(?:[eE][+-]?\\d(?:_?\\d)*+)?"
              + "|\\d(?:_?\\d)*+(?:[eE][+-]?\\d(?:_?\\d)*+)?");

  private static final Pattern INTEGER = Pattern.compile("0+|[1-9]\\d*");
  private static final Pattern WORD = Pattern.compile("True|False|None");
  private static final Pattern INDENT = Pattern.compile("(?:\\\\\n)*[ \\t\\f]*[ \\t]");

  private final String text;
  private final boolean cut;
  private int at;
  private int depth;

  private PythonLiteral(String source) {
    this.cut = !source.endsWith("\n");
    this.text = cut ? source + "\n" : source;
  }

  /**
   * The value as Map, List, String, Long, Double or Boolean, in whose lists None is null; empty
   * where the text is no such literal, or None alone.
   */
  public static Optional<Object> parse(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    PythonLiteral reader = new PythonLiteral(source(text));
    try {
      Object value = reader.whole();
      return Optional.ofNullable(value);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException noLiteral) {
      return Optional.empty();
    }
  }

  /** Python reads every kind of line end as one, and passes over empty lines before the value. */
  private static String source(String text) {
    String lines = text.replaceAll("^[ \\t]+", "").replaceAll("\\r\\n?", "\n");
    return lines.replaceAll("^(?:[ \\t\\f]*(?:#[^\\n]*)?\\n)+", "");
  }

  /** A value, or several with commas between them, which make a tuple. */
  private Object whole() {
    if (text.startsWith(" ") || text.startsWith("\t")) {
      throw new IllegalArgumentException("an indented line");
    }
    Object value = value();
    if (taken(',')) {
      List<Object> values = new ArrayList<>();
      values.add(value);
      while (text.charAt(at) != '\n') {
        values.add(value());
        blanks();
        if (text.charAt(at) != '\n' && !taken(',')) {
          throw new IllegalArgumentException("no comma");
        }
        blanks();
      }
      value = values;
    }
    blanks();
    while (at < text.length()) {
      if (text.charAt(at) != '\n') {
        throw new IllegalArgumentException("more than one value");
      }
      int line = ++at;
      blanks();
      // A last line of blanks without its end counts as one that is indented.
      if (cut && at == text.length() - 1 && INDENT.matcher(text.substring(line, at)).matches()) {
        throw new IllegalArgumentException("an indented line");
      }
    }
    return value;
  }

  private Object value() {
    blanks();
    char first = text.charAt(at);
    return switch (first) {
      case '[' -> list(']');
      case '(' -> tuple();
      case '{' -> dictionary();
      case '\'', '"', 'r', 'R', 'u', 'U' -> strings();
      case 'T', 'F', 'N' -> word();
      default -> number();
    };
  }

  private List<Object> list(char end) {
    List<Object> values = new ArrayList<>();
    open();
    while (!taken(end)) {
      values.add(value());
      separator(end);
    }
    depth--;
    return values;
  }

  /** Parentheses without a comma hold the value itself. */
  private Object tuple() {
    int from = at;
    open();
    if (taken(')')) {
      depth--;
      return new ArrayList<>();
    }
    Object only = value();
    if (taken(')')) {
      depth--;
      return only;
    }
    at = from;
    depth--;
    return list(')');
  }

  private Map<Object, Object> dictionary() {
    Map<Object, Object> values = new LinkedHashMap<>();
    open();
    while (!taken('}')) {
      Object key = value();
      if (key instanceof List || key instanceof Map || !taken(':')) {
        throw new IllegalArgumentException("no key");
      }
      values.put(key, value());
      separator('}');
    }
    depth--;
    return values;
  }

  private void open() {
    if (++depth > MOST_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
    at++;
  }

  /** A comma, which may also stand before the end. */
  private void separator(char end) {
    blanks();
    if (!taken(',') && text.charAt(at) != end) {
      throw new IllegalArgumentException("no comma");
    }
  }

  /** Strings side by side are one. */
  private String strings() {
    StringBuilder value = new StringBuilder();
    do {
      PythonString one = PythonString.at(text, at);
      value.append(one.value());
      at = one.end();
      blanks();
    } while ("'\"rRuU".indexOf(text.charAt(at)) >= 0);
    return value.toString();
  }

  private Object word() {
    String word = matched(WORD);
    return word.equals("None") ? null : Boolean.valueOf(word);
  }

  private Object number() {
    int sign = text.charAt(at) == '-' ? -1 : 1;
    if (text.charAt(at) == '-' || text.charAt(at) == '+') {
      at++;
      blanks();
      if (text.charAt(at) == '(') {
        return signed(sign);
      }
    }
    return digits(sign);
  }

  /** A sign may stand before a number in parentheses, not before another sign. */
  private Object signed(int sign) {
    open();
    blanks();
    Object value = text.charAt(at) == '(' ? signed(sign) : digits(sign);
    if (!taken(')')) {
      throw new IllegalArgumentException("no number");
    }
    depth--;
    return value;
  }

  private Object digits(int sign) {
    String digits = matched(NUMBER).replace("_", "");
    if (digits.matches("0[xXoObB].*")) {
      int base = "xX".indexOf(digits.charAt(1)) >= 0 ? 16 : digits.matches("0[oO].*") ? 8 : 2;
      return sign * Long.parseLong(digits.substring(2), base);
    }
    if (INTEGER.matcher(digits).matches()) {
      return sign * Long.parseLong(digits);
    }
    if (digits.matches("\\d+")) {
      throw new IllegalArgumentException("a number that begins with 0");
    }
    return sign * Double.parseDouble(digits);
  }

  /** What the pattern finds here, which no letter, digit or dot may follow. */
  private String matched(Pattern pattern) {
    Matcher found = pattern.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      throw new IllegalArgumentException("no value");
    }
    at = found.end();
    char next = text.charAt(at);
    if (Character.isLetterOrDigit(next) || next == '_' || next == '.') {
      throw new IllegalArgumentException("no value");
    }
    return found.group();
  }

  private boolean taken(char wanted) {
    blanks();
    boolean there = text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  /** Blanks, comments, and line ends within brackets or behind a backslash. */
  private void blanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        at = text.indexOf('\n', at);
      } else if (c == '\\' && text.startsWith("\\\n", at)) {
        at += 2;
        if (at == text.length()) {
          throw new IllegalArgumentException("a line that goes on nowhere");
        }
      } else if (c == ' ' || c == '\t' || c == '\f' || c == '\n' && depth > 0) {
        at++;
      } else {
        return;
      }
    }
  }
}
