package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELException;

/**
 * Values as Python writes them, for templates that were written for Python: texts, whole and
 * floating-point numbers, truth values, lists, dictionaries and None.
 */
public final class PythonValues {
  private PythonValues() {}

  /** Python's None, which a template must tell from a value that is not there at all. */
  private enum None {
    NONE;

    @Override
    public String toString() {
      return "None";
    }
  }

  /** None in a template. */
  static final Object NONE = None.NONE;

  /** The value as a template is given it: nulls become None, at every depth. */
  static Object forTemplate(Object value) {
    if (value == null) {
      return NONE;
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
    return value instanceof CharSequence text
        ? text.toString()
        : value instanceof Undefined ? "" : repr(value);
  }

  /** What Python's repr() gives. */
  public static String repr(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    // A list may hold the same list many times over, at every depth.
    Scope.requireShort(out.length(), Scope.CHARACTERS);
    if (value instanceof Map<?, ?> map && !(value instanceof Namespace)) {
      String between = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(between);
        write(out, entry.getKey());
        write(out.append(": "), entry.getValue());
        between = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof PythonSequence sequence) {
      writeTuple(out, sequence);
    } else if (value instanceof Iterable<?> list && !(value instanceof PythonSequence.Once)) {
      writeAll(out.append('['), list).append(']');
    } else {
      out.append(single(value));
    }
  }

  private static void writeTuple(StringBuilder out, PythonSequence tuple) {
    if (tuple.kind() != PythonSequence.Kind.TUPLE) {
      throw new ELException("a range or a view cannot be written");
    }
    writeAll(out.append('('), tuple).append(tuple.size() == 1 ? ",)" : ")");
  }

  private static StringBuilder writeAll(StringBuilder out, Iterable<?> values) {
    String between = "";
    for (Object value : values) {
      write(out.append(between), value);
      between = ", ";
    }
    return out;
  }

  private static String single(Object value) {
    if (value == null || value == NONE) {
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
    if (value instanceof Undefined) {
      return "Undefined";
    }
    if (value instanceof Callable
        || value instanceof Map<?, ?>
        || value instanceof Iterable<?>
        || value instanceof SafeText
        || value instanceof LoopTurn) {
      throw new ELException("a function, a loop or what a filter gives cannot be written");
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
