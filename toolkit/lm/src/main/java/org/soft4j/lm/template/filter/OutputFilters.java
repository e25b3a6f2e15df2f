package org.soft4j.lm.template.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Json;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;

/** Filters that make a text of any value. */
final class OutputFilters {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "0123456789_.-~";

  private static final int MOST_INDENT = 1000;

  private OutputFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.ofEntries(
        Map.entry("d", OutputFilters::otherwise),
        Map.entry("default", OutputFilters::otherwise),
        Map.entry("e", (r, value, given) -> SafeText.escaped(value)),
        Map.entry("escape", (r, value, given) -> SafeText.escaped(value)),
        Map.entry("forceescape", (r, value, given) -> SafeText.escaped(Repr.str(value))),
        Map.entry("safe", (r, value, given) -> new SafeText(Repr.str(value))),
        Map.entry("string", (r, value, given) -> string(given, value)),
        Map.entry("tojson", OutputFilters::json),
        Map.entry("urlencode", OutputFilters::urlEncoded),
        Map.entry("xmlattr", OutputFilters::attributes));
  }

  private static Object string(Arguments given, Object value) {
    given.only("string", 0);
    return value instanceof SafeText ? value : Repr.str(value);
  }

  private static Object otherwise(Rendering rendering, Object value, Arguments given) {
    given.only("default", 2, "default_value", "boolean");
    boolean missing =
        value instanceof Undefined || (given.truth(1, "boolean") && !Operators.truth(value));
    return missing ? given.get(0, "default_value", "") : value;
  }

  private static Object json(Rendering rendering, Object value, Arguments given) {
    return rendering.sandboxed()
        ? plainJson(rendering, value, given)
        : safeJson(rendering, value, given);
  }

  /** As transformers replaces the filter. */
  private static String plainJson(Rendering rendering, Object value, Arguments given) {
    given.only("tojson", 4, "ensure_ascii", "indent", "separators", "sort_keys");
    Object indent = given.get(1, "indent", None.NONE);
    boolean lines = indent != None.NONE;
    Object separators = given.get(2, "separators", None.NONE);
    List<Object> between =
        separators == None.NONE
            ? List.of(lines ? "," : ", ", ": ")
            : Iteration.elements(rendering, separators);
    if (between.size() != 2 || !between.stream().allMatch(each -> each instanceof String)) {
      throw new TemplateFault("the separators of tojson are two texts");
    }
    return Json.dumps(
        rendering,
        value,
        new Json.Style(
            given.truth(0, "ensure_ascii"),
            margin(indent),
            lines,
            Repr.str(between.get(0)),
            Repr.str(between.get(1)),
            given.truth(3, "sort_keys")));
  }

  private static String margin(Object indent) {
    return indent instanceof String text
        ? text
        : indent == None.NONE ? "" : spaces(Numbers.whole(indent));
  }

  private static String spaces(long width) {
    Bounds.requireShort(width, MOST_INDENT);
    return " ".repeat((int) Math.max(0, width));
  }

  /** Jinja's own, whose text can stand in HTML. */
  private static SafeText safeJson(Rendering rendering, Object value, Arguments given) {
    Object indent = given.only("tojson", 1, "indent").get(0, "indent", None.NONE);
    boolean lines = indent != None.NONE;
    String json =
        Json.dumps(
            rendering,
            value,
            new Json.Style(true, margin(indent), lines, lines ? "," : ", ", ": ", true));
    return new SafeText(
        json.replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("'", "\\u0027"));
  }

  private static Object urlEncoded(Rendering rendering, Object value, Arguments given) {
    given.only("urlencode", 0);
    boolean plain =
        value instanceof String || !(value instanceof Map<?, ?> || value instanceof Iterable<?>);
    if (plain && !(value instanceof SafeText || value instanceof Undefined)) {
      return quoted(Repr.str(value), "/");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateFault("the filter urlencode is not for " + Repr.kind(value));
    }
    List<Object> pairs = Iteration.elements(rendering, map);
    pairs.replaceAll(key -> query(key) + "=" + query(map.get(key)));
    return PythonText.joined("&", pairs);
  }

  private static String query(Object part) {
    return quoted(Repr.str(part), "").replace("%20", "+");
  }

  private static String quoted(String text, String safe) {
    StringBuilder out = new StringBuilder();
    for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
      boolean kept = letter > 0 && (PLAIN + safe).indexOf(letter) >= 0;
      out.append(
          kept
              ? String.valueOf((char) letter)
              : String.format(Locale.ROOT, "%%%02X", letter & 0xff));
    }
    return out.toString();
  }

  private static Object attributes(Rendering rendering, Object value, Arguments given) {
    Object autospace = given.only("xmlattr", 1, "autospace").get(0, "autospace", true);
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateFault("the filter xmlattr is for dictionaries");
    }
    StringBuilder out = new StringBuilder();
    map.forEach((name, each) -> out.append(attribute(name, each)));
    return Operators.truth(autospace) || out.isEmpty() ? out.toString() : out.substring(1);
  }

  private static String attribute(Object name, Object value) {
    if (value == None.NONE || value instanceof Undefined) {
      return "";
    }
    if (!(name instanceof String text) || text.matches("(?s).*[ \t\n\u000b\f\r/>=].*")) {
      throw new TemplateFault("a name of an attribute has a letter that is none");
    }
    return " " + SafeText.escaped(text).text() + "=\"" + SafeText.escaped(value).text() + "\"";
  }
}
