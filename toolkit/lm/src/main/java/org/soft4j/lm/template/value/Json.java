package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values as Python's json.dumps writes them. */
public final class Json {
  private final Rendering rendering;
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private Json(Rendering rendering, Style style) {
    this.rendering = rendering;
    this.style = style;
  }

  /**
   * How values are written.
   *
   * @param ascii whether letters beyond ASCII are escaped
   * @param margin what lines are indented by at each depth; empty for one line only where lines is
   *     false
   * @param lines whether every element has a line of its own
   * @param between what stands between elements
   * @param colon what stands between a key and its value
   * @param sorted whether keys are sorted
   */
  public record Style(
      boolean ascii, String margin, boolean lines, String between, String colon, boolean sorted) {}

  /** Writes a value; refuses what JSON does not have. */
  public static String dumps(Rendering rendering, Object value, Style style) {
    Json json = new Json(rendering, style);
    json.write(value, 1);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    Bounds.requireShort(out.length(), Bounds.CHARACTERS);
    rendering.bounds().spend(value instanceof Iterable<?> || value instanceof Map<?, ?> ? 1 : 0);
    if (value instanceof Map<?, ?> map) {
      writeMap(map, depth);
    } else if (value instanceof List<?> list && !(value instanceof Range)) {
      String before = list.isEmpty() ? "[" : "[" + line(depth);
      for (Object each : list) {
        out.append(before);
        write(each, depth + 1);
        before = style.between() + line(depth);
      }
      out.append(list.isEmpty() ? "[]" : line(depth - 1) + "]");
    } else {
      boolean text = value instanceof String || value instanceof SafeText;
      out.append(text ? quoted(Repr.str(value)) : single(value));
    }
  }

  private void writeMap(Map<?, ?> map, int depth) {
    String before = "{" + line(depth);
    for (Object key : keys(map)) {
      out.append(before).append(quoted(key(key))).append(style.colon());
      write(map.get(key), depth + 1);
      before = style.between() + line(depth);
    }
    out.append(map.isEmpty() ? "{}" : line(depth - 1) + "}");
  }

  private List<Object> keys(Map<?, ?> map) {
    List<Object> keys = new ArrayList<>(map.keySet());
    if (style.sorted()) {
      keys.sort((one, other) -> Operators.order(rendering, one, other, "<"));
    }
    return keys;
  }

  private String line(int depth) {
    return style.lines() ? "\n" + style.margin().repeat(depth) : "";
  }

  private static String key(Object key) {
    return key instanceof String text ? text : single(key);
  }

  private static String single(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "true" : "false";
    }
    if (value == None.NONE) {
      return "null";
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return number.isNaN() ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }
    if (value instanceof Double || Numbers.isWhole(value)) {
      return Repr.repr(value);
    }
    throw new TemplateFault(Repr.kind(value) + " cannot be written as JSON");
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\n\r\t\f\b".indexOf(c);
      if (escape >= 0) {
        quoted.append('\\').append("\"\\nrtfb".charAt(escape));
      } else if (c < ' ' || (style.ascii() && c > '~')) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
