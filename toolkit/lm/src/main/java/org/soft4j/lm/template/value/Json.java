package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values as Python's json.dumps writes them. */
public final class Json {
  private final Rendering rendering;
  private final Style style;
  private final TextBuilder out = new TextBuilder();

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
    if (value instanceof Map<?, ?> map) {
      rendering.spend(1);
      rendering.readAll(map.size());
      open("{", depth, map.isEmpty());
      int left = map.size();
      for (Object key : keys(map)) {
        quote(key instanceof String text ? text : single(key));
        out.add(style.colon());
        write(map.get(key), depth + 1);
        separate(--left, depth);
      }
      out.add("}");
    } else if (value instanceof List<?> list && !(value instanceof Range)) {
      rendering.spend(1);
      rendering.readAll(list.size());
      open("[", depth, list.isEmpty());
      int left = list.size();
      for (Object each : list) {
        write(each, depth + 1);
        separate(--left, depth);
      }
      out.add("]");
    } else if (SafeText.isText(value)) {
      quote(Repr.str(value));
    } else {
      out.add(single(value));
    }
  }

  private List<Object> keys(Map<?, ?> map) {
    List<Object> keys = new ArrayList<>(map.keySet());
    if (style.sorted()) {
      keys.sort((one, other) -> Operators.order(rendering, one, other, "<"));
    }
    return keys;
  }

  private void open(String bracket, int depth, boolean empty) {
    out.add(bracket);
    if (!empty) {
      line(depth);
    }
  }

  /** What stands behind an element, with so many to follow. */
  private void separate(int left, int depth) {
    out.add(left > 0 ? style.between() : "");
    line(left > 0 ? depth : depth - 1);
  }

  private void line(int depth) {
    if (style.lines()) {
      out.add("\n").add(style.margin(), depth);
    }
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

  private void quote(String text) {
    out.add("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\n\r\t\f\b".indexOf(c);
      if (escape >= 0) {
        out.add('\\').add("\"\\nrtfb".charAt(escape));
      } else if (c < ' ' || (style.ascii() && c > '~')) {
        out.add(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.add(c);
      }
    }
    out.add("\"");
  }
}
