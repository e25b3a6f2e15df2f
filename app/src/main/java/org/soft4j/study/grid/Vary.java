package org.soft4j.study.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;

/**
 * A setting in which conditions differ, with its values; the first is the plain one.
 *
 * @param key dotted, such as {@code demonstrations.choice}
 * @param values in their order
 */
public record Vary(String key, List<Value> values) {
  private static final Map<String, String> KEYS =
      Map.of(
          "demonstrations", "demonstrations.choice",
          "split", "split.reuse",
          "order", "curriculum.order");

  /** In brackets, or without a comma; then a comma or the end. */
  private static final Pattern VALUE =
      Pattern.compile("\\G\\s*(?:\\[([^\\[\\]]*)]\\s*|([^,\\[\\]]*))(?=,|$)");

  private static final Map<String, String> SPLITS = Map.of("fresh", "false", "reused", "true");

  /**
   * A value.
   *
   * @param text as the setting takes it
   * @param label in names of conditions
   */
  public record Value(String text, String label) {}

  /** Copies the list. */
  public Vary {
    values = List.copyOf(values);
  }

  /**
   * From {@code demonstrations=random,fixed}; the name is a key, or one of the short names. A value
   * that holds commas stands in brackets: {@code data.tasks=[truthfulqa,hhh],hhh}.
   */
  public static Vary parse(String typed) {
    int equals = typed.indexOf('=');
    if (equals < 1 || equals == typed.length() - 1) {
      throw new UserError(
          "\"%s\" is not of the form key=value,value.".formatted(typed),
          "Write --vary demonstrations=random,fixed.");
    }
    return of(typed.substring(0, equals).strip(), values(typed.substring(equals + 1)));
  }

  private static List<String> values(String typed) {
    List<String> values = new ArrayList<>();
    Matcher next = VALUE.matcher(typed);
    int from = 0;
    while (next.find(from)) {
      values.add(next.group(1) == null ? next.group(2) : next.group(1));
      if (next.end() == typed.length()) {
        return values;
      }
      from = next.end() + 1;
    }
    throw new UserError(
        "The brackets of \"%s\" do not hold a value.".formatted(typed),
        "Write --vary KEY=[one,two],three where a value is one,two.");
  }

  /** A setting by its key or short name, with its values. */
  public static Vary of(String name, List<String> texts) {
    String key = KEYS.getOrDefault(name, name);
    refuseOwn(key);
    List<Value> values = new ArrayList<>();
    for (String text : texts) {
      values.add(value(name, key, text.strip()));
    }
    if (values.stream().map(Value::text).distinct().count() < 2) {
      throw new UserError(
          "%s has one value alone: %s.".formatted(name, String.join(",", texts)),
          "Give two or more to --vary, or set it with --set %s=%s."
              .formatted(key, values.get(0).text()));
    }
    return new Vary(key, values.stream().distinct().toList());
  }

  private static void refuseOwn(String key) {
    String other =
        Map.of("method", "--methods single,soft,soft+", "seed", "--seeds 3").getOrDefault(key, "");
    if (!other.isEmpty()) {
      throw new UserError("--vary does not take %s.".formatted(key), "Write %s.".formatted(other));
    }
    if (key.startsWith("study.")) {
      throw new UserError(
          "%s is of the study as a whole, and of no condition.".formatted(key),
          "Leave it out of --vary.");
    }
  }

  /** A setting of a condition by its short name, with its value, as the tree has them. */
  static Map.Entry<String, String> plain(String name, String text) {
    String key = KEYS.getOrDefault(name, name);
    return Map.entry(key, value(name, key, text).text());
  }

  private static Value value(String name, String key, String text) {
    if (name.equals("split") && SPLITS.containsKey(text)) {
      return new Value(SPLITS.get(text), text);
    }
    boolean word = text.matches("[a-z][a-z_ -]*") && !text.matches("true|false");
    return new Value(text, word ? text.replace('_', ' ') : key + " " + text);
  }
}
