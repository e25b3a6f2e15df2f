package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Json;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;
import org.soft4j.lm.template.value.TextParts;
import org.soft4j.lm.template.value.Undefined;

/** Filters that make a text of any value. */
final class OutputFilters {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "0123456789_.-~";
  private static final int MOST_INDENT = 1000;

  static final Functions<Object> ALL =
      Functions.<Object>of(
              function("default(default_value, boolean)", OutputFilters::otherwise),
              function("escape()", (r, value, given) -> SafeText.escaped(value)),
              function("forceescape()", (r, value, given) -> SafeText.escaped(r.str(value))),
              function("safe()", (r, value, given) -> new SafeText(r.str(value))),
              function(
                  "string()",
                  (r, value, given) -> value instanceof SafeText ? value : r.str(value)),
              function("tojson(*)", OutputFilters::json),
              function("urlencode()", OutputFilters::urlEncoded),
              function("xmlattr(autospace)", OutputFilters::attributes))
          .alias("d", "default")
          .alias("e", "escape");

  private OutputFilters() {}

  private static Object otherwise(Rendering rendering, Object value, Arguments given) {
    boolean missing =
        value instanceof Undefined || (given.truth("boolean") && !Operators.truth(value));
    return missing ? given.get("default_value", "") : value;
  }

  private static Object json(Rendering rendering, Object value, Arguments given) {
    return rendering.sandboxed()
        ? plainJson(
            rendering, value, given.of("tojson(ensure_ascii, indent, separators, sort_keys)"))
        : safeJson(rendering, value, given.of("tojson(indent)"));
  }

  /** As transformers replaces the filter. */
  private static String plainJson(Rendering rendering, Object value, Arguments given) {
    Object indent = given.get("indent");
    boolean lines = indent != None.NONE;
    Object separators = given.get("separators");
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
            given.truth("ensure_ascii"),
            margin(indent),
            lines,
            Repr.str(between.get(0)),
            Repr.str(between.get(1)),
            given.truth("sort_keys")));
  }

  private static String margin(Object indent) {
    if (indent instanceof String text) {
      return text;
    }
    long width = indent == None.NONE ? 0 : Numbers.whole(indent);
    Bounds.requireShort(width, MOST_INDENT);
    return " ".repeat((int) Math.max(0, width));
  }

  /** Jinja's own, whose text can stand in HTML. */
  private static SafeText safeJson(Rendering rendering, Object value, Arguments given) {
    Object indent = given.get("indent");
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
    return TextParts.joined(rendering, "&", pairs);
  }

  private static String query(Object part) {
    return quoted(Repr.str(part), "").replace("%20", "+");
  }

  private static String quoted(String text, String safe) {
    TextBuilder out = new TextBuilder();
    for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
      boolean kept = letter > 0 && (PLAIN + safe).indexOf(letter) >= 0;
      out.add(
          kept
              ? String.valueOf((char) letter)
              : String.format(Locale.ROOT, "%%%02X", letter & 0xff));
    }
    return out.toString();
  }

  private static Object attributes(Rendering rendering, Object value, Arguments given) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateFault("the filter xmlattr is for dictionaries");
    }
    TextBuilder out = new TextBuilder();
    map.forEach((name, each) -> attribute(out, name, each));
    String text = out.toString();
    return Operators.truth(given.get("autospace", true)) || text.isEmpty()
        ? text
        : text.substring(1);
  }

  private static void attribute(TextBuilder out, Object name, Object value) {
    if (value == None.NONE || value instanceof Undefined) {
      return;
    }
    if (!(name instanceof String text) || text.matches("(?s).*[ \t\n\u000b\f\r/>=].*")) {
      throw new TemplateFault("a name of an attribute has a letter that is none");
    }
    out.add(" ").add(SafeText.escaped(text).text());
    out.add("=\"").add(SafeText.escaped(value).text()).add("\"");
  }
}
