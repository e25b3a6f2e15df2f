package org.soft4j.lm.text;

import com.hubspot.jinjava.util.HasObjectTruthValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Values as Python writes them, for templates that were written for Python: texts, whole and
 * floating-point numbers, truth values, lists, dictionaries and None.
 */
public final class PythonValues {
  private PythonValues() {}

  /** Python's None, which a template must tell from a value that is not there at all. */
  private enum None implements HasObjectTruthValue {
    NONE;

    @Override
    public boolean getObjectTruthValue() {
      return false;
    }

    @Override
    public String toString() {
      return "None";
    }
  }

  /** The value as a template is given it: nulls become None, at every depth. */
  static Object forTemplate(Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(String.valueOf(key), forTemplate(inner)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(inner -> copy.add(forTemplate(inner)));
      return copy;
    }
    return value;
  }

  /** What Python's str() gives: a text as it is, anything else as {@link #repr}. */
  public static String str(Object value) {
    return value instanceof CharSequence text ? text.toString() : repr(value);
  }

  /** What Python's repr() gives. */
  public static String repr(Object value) {
    if (value == null || value == None.NONE) {
      return "None";
    }
    if (value instanceof CharSequence text) {
      return quoted(text.toString());
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Double || value instanceof Float) {
      return PythonFloat.repr(((Number) value).doubleValue());
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner entries = new StringJoiner(", ", "{", "}");
      map.forEach((key, inner) -> entries.add(repr(key) + ": " + repr(inner)));
      return entries.toString();
    }
    if (value instanceof Iterable<?> list) {
      StringJoiner parts = new StringJoiner(", ", "[", "]");
      list.forEach(inner -> parts.add(repr(inner)));
      return parts.toString();
    }
    return value.toString();
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> escape(out, c, quote));
    return out.append(quote).toString();
  }

  private static void escape(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (printable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(c < 0x100 ? "\\x%02x".formatted(c) : wide(c));
        }
      }
    }
  }

  private static String wide(int c) {
    return c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
  }

  /** Python prints no separators but the space, and no control, private or unassigned letters. */
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
