package org.soft4j.soft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Json;
import org.soft4j.core.JsonFault;
import org.soft4j.core.UserError;

/**
 * Settings, and where each value came from. Later layers win: defaults, preset, config file,
 * command line.
 */
public final class ResolvedSettings {
  /** Origin of a value that nobody changed. */
  public static final String DEFAULT = "default";

  private final SoftSettings settings;
  private final SortedMap<String, String> origins;

  private ResolvedSettings(SoftSettings settings, SortedMap<String, String> origins) {
    this.settings = settings;
    this.origins = Collections.unmodifiableSortedMap(origins);
  }

  /** All defaults. */
  public static ResolvedSettings defaults() {
    return of(SoftSettings.DEFAULT, DEFAULT);
  }

  /** Settings made in code; every value that is not the default gets the origin. */
  public static ResolvedSettings of(SoftSettings settings, String origin) {
    SortedMap<String, String> origins = new TreeMap<>();
    Map<String, JsonNode> plain = flatten(SoftSettings.DEFAULT);
    flatten(settings)
        .forEach((key, value) -> origins.put(key, value.equals(plain.get(key)) ? DEFAULT : origin));
    return new ResolvedSettings(settings, origins);
  }

  /** The values. */
  public SoftSettings settings() {
    return settings;
  }

  /** Origin of each dotted key. */
  public SortedMap<String, String> origins() {
    return origins;
  }

  /** Every dotted key that can be set. */
  public static List<String> keys() {
    return List.copyOf(flatten(SoftSettings.DEFAULT).keySet());
  }

  /**
   * Sets values by dotted key.
   *
   * @param values texts by key, such as {@code training.rank} to {@code 4}; lists with commas
   * @param origin such as {@code preset micro} or {@code command line}
   */
  public ResolvedSettings with(Map<String, String> values, String origin) {
    Map<String, JsonNode> flat = flatten(settings);
    Map<String, JsonNode> changed = new LinkedHashMap<>();
    values.forEach(
        (key, text) -> changed.put(known(key, flat), SettingText.parse(key, text, flat.get(key))));
    return merged(changed, origin);
  }

  /** Sets one value. */
  public ResolvedSettings set(Assignment assignment, String origin) {
    return with(Map.of(assignment.key(), assignment.value()), origin);
  }

  /**
   * Takes over the settings of a JSON text: a run.json (its "settings"), or an object of settings
   * alone; keys that are absent stay as they are.
   *
   * @param json the text
   * @param name of the file, for errors
   */
  public ResolvedSettings withConfig(String json, String name) {
    JsonNode tree = Json.read(json, JsonNode.class, name);
    JsonNode given = tree.has("settings") ? tree.get("settings") : tree;
    if (!(given instanceof ObjectNode object)) {
      throw new UserError(
          name + " holds no JSON object.", "Give a run.json or a file of settings.");
    }
    Map<String, JsonNode> flat = flatten(settings);
    Map<String, JsonNode> changed = new LinkedHashMap<>();
    flatten("", object).forEach((key, value) -> changed.put(known(key, flat), value));
    return merged(changed, "config " + name);
  }

  private ResolvedSettings merged(Map<String, JsonNode> changed, String origin) {
    ObjectNode tree = Json.mapper().valueToTree(settings);
    SortedMap<String, String> newOrigins = new TreeMap<>(origins);
    changed.forEach(
        (key, value) -> {
          put(tree, key, value);
          newOrigins.put(key, origin);
        });
    return new ResolvedSettings(bind(tree), newOrigins);
  }

  private static SoftSettings bind(ObjectNode tree) {
    try {
      return Json.mapper().treeToValue(tree, SoftSettings.class);
    } catch (JsonMappingException e) {
      throw badValue(e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be malformed", e);
    }
  }

  private static UserError badValue(JsonMappingException error) {
    if (error.getCause() instanceof UserError fault) {
      return fault;
    }
    String key = JsonFault.path(error);
    if (error instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
      List<String> allowed = JsonFault.constants(wrong.getTargetType());
      String value = String.valueOf(wrong.getValue());
      return new UserError(
          "%s cannot be \"%s\".%s".formatted(key, value, DidYouMean.hint(value, allowed)),
          "Choose among: " + String.join(", ", allowed) + ".",
          error);
    }
    return new UserError(
        JsonFault.words(error) + ".", "Give a value that the setting allows.", error);
  }

  private static String known(String key, Map<String, JsonNode> flat) {
    if (flat.containsKey(key)) {
      return key;
    }
    throw new UserError(
        "There is no setting \"" + key + "\"." + DidYouMean.hint(key, flat.keySet()),
        "Known settings: " + String.join(", ", flat.keySet()) + ".");
  }

  private static void put(ObjectNode tree, String key, JsonNode value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      tree.set(key, value);
    } else {
      put((ObjectNode) tree.get(key.substring(0, dot)), key.substring(dot + 1), value);
    }
  }

  private static Map<String, JsonNode> flatten(SoftSettings settings) {
    return flatten("", Json.mapper().<ObjectNode>valueToTree(settings));
  }

  private static Map<String, JsonNode> flatten(String prefix, ObjectNode tree) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    for (var field : tree.properties()) {
      if (field.getValue() instanceof ObjectNode object) {
        flat.putAll(flatten(prefix + field.getKey() + ".", object));
      } else {
        flat.put(prefix + field.getKey(), field.getValue());
      }
    }
    return flat;
  }

  /** Turns what a person typed into the kind of value that the setting has. */
  private static final class SettingText {
    static JsonNode parse(String key, String text, JsonNode current) {
      JsonNodeFactory make = JsonNodeFactory.instance;
      try {
        if (current instanceof ArrayNode) {
          return text.startsWith("[") ? array(text) : parts(text, make);
        }
        return scalar(text, (ValueNode) current, make);
      } catch (IllegalArgumentException e) {
        throw new UserError(
            key + " cannot be \"" + text + "\": it needs " + kind(current) + ".",
            "Write for example --set " + key + "=" + example(current) + ".",
            e);
      }
    }

    private static ArrayNode parts(String text, JsonNodeFactory make) {
      ArrayNode list = make.arrayNode();
      for (String part : text.isBlank() ? new String[0] : text.split(",")) {
        list.add(part.strip());
      }
      return list;
    }

    // The only way to write an entry that holds a comma.
    private static JsonNode array(String text) {
      try {
        JsonNode list =
            Json.mapper()
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(text);
        if (list.isArray() && stream(list).allMatch(JsonNode::isTextual)) {
          return list;
        }
        throw new IllegalArgumentException(text);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
      return StreamSupport.stream(list.spliterator(), false);
    }

    private static String example(JsonNode current) {
      return current instanceof ArrayNode ? "'[\"one, with a comma\", \"two\"]'" : current.asText();
    }

    private static JsonNode scalar(String text, ValueNode current, JsonNodeFactory make) {
      if (current.isBoolean()) {
        if (!text.equals("true") && !text.equals("false")) {
          throw new IllegalArgumentException(text);
        }
        return make.booleanNode(text.equals("true"));
      }
      if (current.isIntegralNumber()) {
        return current.isLong()
            ? make.numberNode(Long.parseLong(text))
            : make.numberNode(Integer.parseInt(text));
      }
      return current.isNumber() ? make.numberNode(Double.parseDouble(text)) : make.textNode(text);
    }

    private static String kind(JsonNode current) {
      if (current instanceof ArrayNode) {
        return "texts with commas between them, or a JSON list of texts";
      }
      if (current.isBoolean()) {
        return "true or false";
      }
      return current.isIntegralNumber() ? "a whole number" : "a number";
    }
  }
}
