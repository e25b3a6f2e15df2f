package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.lm.template.PythonValues;

/**
 * JSON to the byte as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, since
 * digests are taken over it: blanks behind commas and colons, floats by their {@code repr}.
 */
final class PythonJson {
  private static final int INDENT = 2;

  private PythonJson() {}

  /** On one line. */
  static String line(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out, -1);
    return out.toString();
  }

  /** With {@code indent=2}. */
  static String indented(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  /**
   * Writes a value.
   *
   * @param depth of nesting where the text is indented; -1 where it is one line
   */
  private static void write(JsonNode value, StringBuilder out, int depth) {
    if (value.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
      List<Runnable> parts = new ArrayList<>();
      fields.forEachRemaining(
          field ->
              parts.add(
                  () -> {
                    text(field.getKey(), out);
                    out.append(": ");
                    write(field.getValue(), out, deeper(depth));
                  }));
      enclosed('{', parts, '}', out, depth);
    } else if (value.isArray()) {
      List<Runnable> parts = new ArrayList<>();
      value.forEach(element -> parts.add(() -> write(element, out, deeper(depth))));
      enclosed('[', parts, ']', out, depth);
    } else if (value.isTextual()) {
      text(value.textValue(), out);
    } else {
      out.append(value.isFloatingPointNumber() ? number(value.doubleValue()) : value.asText());
    }
  }

  private static int deeper(int depth) {
    return depth < 0 ? depth : depth + 1;
  }

  private static void enclosed(
      char open, List<Runnable> parts, char close, StringBuilder out, int depth) {
    out.append(open);
    String between = depth < 0 ? ", " : ",";
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : between).append(lineEnd(deeper(depth)));
      parts.get(i).run();
    }
    out.append(parts.isEmpty() ? "" : lineEnd(depth)).append(close);
  }

  private static String lineEnd(int depth) {
    return depth < 0 ? "" : "\n" + " ".repeat(INDENT * depth);
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    out.append(text.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining()));
    out.append('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c);
    };
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return Double.isNaN(value) ? "NaN" : PythonValues.repr(value);
  }
}
