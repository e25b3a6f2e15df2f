package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.YamlTexts;

/**
 * A study in a file of YAML or JSON.
 *
 * @param begins preset, or run.json, that all conditions begin with
 * @param settings of all conditions, over it
 * @param vary settings in which conditions differ; crossed with each other and the methods
 * @param conditions further ones by name, each with its settings
 */
public record StudyFile(
    String begins,
    Map<String, String> settings,
    List<Vary> vary,
    Map<String, Map<String, String>> conditions) {
  private static final Map<String, String> SIZES =
      Map.of(
          "seeds", "study.seeds",
          "methods", "study.methods",
          "rates", "study.rates",
          "tuning_seeds", "study.tuning_seeds",
          "rounds", "rounds");
  private static final Set<String> PARTS = Set.of("study", "settings", "vary", "conditions");

  /** Copies what it is given. */
  public StudyFile {
    settings = new LinkedHashMap<>(settings);
    vary = List.copyOf(vary);
    conditions = new LinkedHashMap<>(conditions);
  }

  /** Whether a file is a run's record, and no study's. */
  static boolean isRun(Path file) {
    return file.toString().endsWith(".json")
        && BoundedJson.document(file, "Give a run.json, or a study as docs/study.md has it.")
            .has("schema_version");
  }

  /** Reads a study's file. */
  public static StudyFile read(Path file) {
    if (isRun(file)) {
      return new StudyFile(file.toString(), Map.of(), List.of(), Map.of());
    }
    Map<String, Object> tree = YamlTexts.read(file);
    Map<String, String> settings = new LinkedHashMap<>();
    tree.forEach((key, value) -> size(file, key, value, settings));
    flat(file, "", tree.getOrDefault("settings", Map.of()), settings);
    List<Vary> vary = new ArrayList<>();
    map(file, "vary", tree)
        .forEach((name, values) -> vary.add(Vary.of(name, values(file, name, values))));
    Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
    map(file, "conditions", tree)
        .forEach(
            (name, values) -> {
              Map<String, String> flat = new LinkedHashMap<>();
              flat(file, "", values, flat);
              conditions.put(name, plain(flat));
            });
    if (!(tree.get("study") instanceof String begins)) {
      throw new UserError(
          "%s does not say what its conditions begin with.".formatted(file),
          "Write study: smollm2, or another preset, or the path of a run.json.");
    }
    return new StudyFile(begins, settings, vary, conditions);
  }

  private static void size(Path file, String key, Object value, Map<String, String> settings) {
    if (SIZES.containsKey(key)) {
      settings.put(SIZES.get(key), String.join(",", texts(file, key, value)));
    } else if (!PARTS.contains(key)) {
      List<String> known = new ArrayList<>(SIZES.keySet());
      known.addAll(PARTS);
      known.sort(null);
      throw new UserError(
          "%s has \"%s\", which no study has.%s".formatted(file, key, DidYouMean.hint(key, known)),
          "Choose among: %s; settings stand below settings, as %s: VALUE."
              .formatted(String.join(", ", known), "data.limit"));
    }
  }

  private static Map<String, String> plain(Map<String, String> settings) {
    Map<String, String> plain = new LinkedHashMap<>();
    settings.forEach(
        (name, text) -> {
          Map.Entry<String, String> entry = Vary.plain(name, text);
          plain.put(entry.getKey(), entry.getValue());
        });
    return plain;
  }

  private static Map<String, Object> map(Path file, String key, Map<String, Object> tree) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (tree.getOrDefault(key, Map.of()) instanceof Map<?, ?> found) {
      found.forEach((name, value) -> map.put(String.valueOf(name), value));
      return map;
    }
    throw new UserError(
        "%s: %s is no map.".formatted(file, key),
        "Write a name and a colon on each line below it.");
  }

  /** Each of them may be a list itself, which is one value with commas. */
  private static List<String> values(Path file, String key, Object value) {
    if (!(value instanceof List<?> list)) {
      return texts(file, key, value);
    }
    List<Object> each = new ArrayList<>();
    list.forEach(one -> each.add(one instanceof List<?> ? texts(file, key, one, ",") : one));
    return texts(file, key, each);
  }

  private static List<String> texts(Path file, String key, Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String::valueOf).toList();
    }
    if (value instanceof String text) {
      return List.of(text.split(" *, *", -1));
    }
    throw new UserError(
        "%s: %s is no list of values.".formatted(file, key), "Write it as [one, two].");
  }

  private static void flat(Path file, String prefix, Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> flat(file, join(prefix, name), inner, into));
    } else if (prefix.isEmpty()) {
      throw new UserError("%s: settings are no map.".formatted(file), "Write key: value.");
    } else {
      into.put(prefix, value instanceof String text ? text : texts(file, prefix, value, ","));
    }
  }

  private static String join(String prefix, Object name) {
    return prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name;
  }

  private static String texts(Path file, String key, Object value, String between) {
    return String.join(between, texts(file, key, value));
  }
}
