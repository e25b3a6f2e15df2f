package org.soft4j.lm.template.value;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes values as Python's str() and repr() do. */
public final class Repr {
  private final TextBuilder out = new TextBuilder();

  /** Where the texts of lists and dictionaries stand that have been written. */
  private final Map<Object, int[]> written = new IdentityHashMap<>();

  private Repr() {}

  /** What Python's str() gives: a text as it is, anything else as {@link #repr}. */
  public static String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof SafeText safe) {
      return safe.text();
    }
    if (value instanceof Undefined) {
      Undefined.requireUsable(value);
      return "";
    }
    return repr(value);
  }

  /** What Python's repr() gives. */
  public static String repr(Object value) {
    Repr repr = new Repr();
    repr.write(value);
    return repr.out.toString();
  }

  private void write(Object value) {
    if (value instanceof Range range) {
      out.add(range.repr());
    } else if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
      writeOnce(value);
    } else {
      out.add(single(value));
    }
  }

  /** A value may hold the same list many times over, at every depth: it is worked out once. */
  private void writeOnce(Object value) {
    int[] before = written.get(value);
    if (before != null) {
      out.add(out.toString(before[0], before[1]));
      return;
    }
    int from = out.length();
    writeParts(value);
    written.put(value, new int[] {from, out.length()});
  }

  private void writeParts(Object value) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else if (value instanceof Tuple tuple) {
      writeAll("(", tuple, tuple.size() == 1 ? ",)" : ")");
    } else if (value instanceof Dictionaries.View view) {
      writeAll(view.name() + "([", view, "])");
    } else if (value instanceof List<?> list) {
      writeAll("[", list, "]");
    } else {
      out.add(single(value));
    }
  }

  private void writeMap(Map<?, ?> map) {
    String between = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.add(between);
      write(entry.getKey());
      out.add(": ");
      write(entry.getValue());
      between = ", ";
    }
    out.add(map.isEmpty() ? "{}" : "}");
  }

  private void writeAll(String opening, Iterable<?> values, String closing) {
    String between = opening;
    for (Object value : values) {
      out.add(between);
      write(value);
      between = ", ";
    }
    out.add(between.equals(opening) ? opening : "").add(closing);
  }

  private static String single(Object value) {
    if (value == null || value == None.NONE) {
      return "None";
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof SafeText safe) {
      return "Markup(" + quoted(safe.text()) + ")";
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Double || value instanceof Float) {
      return PythonFloat.repr(((Number) value).doubleValue());
    }
    if (value instanceof Number) {
      return value.toString();
    }
    if (value instanceof Undefined) {
      return "Undefined";
    }
    throw new TemplateFault(kind(value) + " cannot be written");
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    TextBuilder out = new TextBuilder().add(quote);
    text.codePoints().forEach(c -> escape(out, c, quote));
    return out.add(quote).toString();
  }

  private static void escape(TextBuilder out, int c, char quote) {
    switch (c) {
      case '\n' -> out.add("\\n");
      case '\r' -> out.add("\\r");
      case '\t' -> out.add("\\t");
      case '\\' -> out.add("\\\\");
      default -> {
        if (c == quote) {
          out.add('\\').add(quote);
        } else if (printable(c)) {
          out.add(c);
        } else {
          out.add(c < 0x100 ? String.format(Locale.ROOT, "\\x%02x", c) : wide(c));
        }
      }
    }
  }

  private static String wide(int c) {
    return c < 0x10000
        ? String.format(Locale.ROOT, "\\u%04x", c)
        : String.format(Locale.ROOT, "\\U%08x", c);
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

  /** What a value is called in a message. */
  public static String kind(Object value) {
    if (value instanceof Undefined undefined) {
      return undefined.name() + ", which is undefined,";
    }
    if (SafeText.isText(value)) {
      return "a text";
    }
    if (value instanceof Map<?, ?>) {
      return "a dictionary";
    }
    if (value instanceof Iterable<?>) {
      return value instanceof List<?> ? "a list" : "what a filter or a view gives";
    }
    if (value instanceof Members.Callable || value instanceof Namespace) {
      return "a function, a loop or a namespace";
    }
    return Numbers.isNumber(value) ? "a number" : value == None.NONE ? "none" : "a value";
  }
}
