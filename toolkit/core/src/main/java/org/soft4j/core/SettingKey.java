package org.soft4j.core;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One option of a tree of records: a component that is no record itself.
 *
 * @param key dotted, such as {@code training.rank}
 * @param setting its text and its flag
 * @param commands that take it, in the order in which they are named; none where any does
 * @param type of its value
 */
public record SettingKey(String key, Setting setting, List<String> commands, Type type) {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  // Reflection takes longer than everything else that is done with settings.
  private static final ClassValue<List<SettingKey>> OF =
      new ClassValue<>() {
        @Override
        protected List<SettingKey> computeValue(Class<?> tree) {
          List<SettingKey> keys = new ArrayList<>();
          collect("", List.of(), tree, keys);
          return List.copyOf(keys);
        }
      };

  /** All options of a tree, in its order; a component without a text is a fault. */
  public static List<SettingKey> of(Class<?> tree) {
    return OF.get(tree);
  }

  /**
   * What each group of a tree is about, by its dotted name; a group without a text has none.
   *
   * @param tree one without groups inside groups
   */
  public static Map<String, String> groups(Class<?> tree) {
    Map<String, String> groups = new LinkedHashMap<>();
    for (RecordComponent component : tree.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        groups.putAll(groups(component.getType()));
      } else if (component.getType().isRecord() && setting != null) {
        groups.put(NAMES.translate(component.getName()), setting.value());
      }
    }
    return groups;
  }

  private static void collect(
      String prefix, List<String> above, Class<?> tree, List<SettingKey> keys) {
    for (RecordComponent component : tree.getRecordComponents()) {
      String key = prefix + NAMES.translate(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      boolean own = setting != null && setting.commands().length > 0;
      List<String> commands = own ? List.of(setting.commands()) : above;
      if (component.getType().isRecord()) {
        boolean unwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
        collect(unwrapped ? prefix : key + ".", commands, component.getType(), keys);
      } else if (setting == null) {
        throw new IllegalStateException(key + " has no text");
      } else {
        keys.add(new SettingKey(key, setting, commands, component.getGenericType()));
      }
    }
  }

  /** Whether a command takes it. */
  public boolean isFor(String command) {
    return commands.isEmpty() || commands.contains(command);
  }

  /** Why a command that does not take it refuses it, by the name that was typed. */
  public UserError refusal(String typed, String command, List<SettingKey> all) {
    String others =
        commands.size() < 2
            ? String.join("", commands)
            : String.join(", ", commands.subList(0, commands.size() - 1))
                + " and "
                + commands.get(commands.size() - 1);
    return new UserError(
        "%s does not take %s, which is for %s: %s"
            .formatted(command, typed, others, setting.value()),
        "Leave it out. %s takes: %s."
            .formatted(
                command,
                all.stream()
                    .filter(key -> key.isFor(command))
                    .map(SettingKey::key)
                    .collect(Collectors.joining(", "))));
  }

  /** Whether names that nobody lists here have texts of their own, as {@code key.NAME}. */
  public boolean open() {
    return type instanceof ParameterizedType map
        && map.getRawType() == Map.class
        && map.getActualTypeArguments()[1] == String.class;
  }

  /** Whether it has several values, with commas between them. */
  public boolean list() {
    return type instanceof ParameterizedType list && list.getRawType() == List.class;
  }

  /** Whether a dotted key is this one's, or names an entry of it. */
  boolean owns(String dotted) {
    return open() ? dotted.startsWith(key + ".") : dotted.equals(key);
  }

  /** The class of a value, or of each of several. */
  public Class<?> kind() {
    Type one = list() ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    return one instanceof Class<?> plain ? plain : Map.class;
  }

  /** A value as text: lists with commas, entries as {@code a=1,2 b=3}. */
  static String text(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(","));
    }
    if (value.isObject()) {
      Map<String, String> entries = new TreeMap<>();
      value.properties().forEach(e -> entries.put(e.getKey(), text(e.getValue())));
      return entries.entrySet().stream()
          .map(e -> e.getKey() + "=" + e.getValue())
          .collect(Collectors.joining(" "));
    }
    return value.asText();
  }

  /** What a person typed as the kind of value that the option has. */
  JsonNode parse(String text, JsonNode example) {
    try {
      if (list()) {
        return array(text, kind());
      }
      return type instanceof Class<?> || open() ? scalar(text, kind()) : entries(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "%s cannot be \"%s\": it needs %s.".formatted(key, text, words()),
          "Write for example --set %s=%s.".formatted(key, example(example)),
          e);
    }
  }

  private String example(JsonNode now) {
    return list() && kind() == String.class ? "'[\"one, with a comma\", \"two\"]'" : text(now);
  }

  private static ObjectNode entries(String text) {
    ObjectNode entries = MAKE.objectNode();
    for (String entry : text.isBlank() ? new String[0] : text.strip().split(" +")) {
      int end = entry.lastIndexOf('=');
      if (end < 1) {
        throw new IllegalArgumentException(entry);
      }
      entries.set(entry.substring(0, end), array(entry.substring(end + 1), Integer.class));
    }
    return entries;
  }

  private static JsonNode array(String text, Class<?> kind) {
    if (text.startsWith("[")) {
      return json(text, kind);
    }
    ArrayNode list = MAKE.arrayNode();
    for (String part : text.isBlank() ? new String[0] : text.split(",")) {
      list.add(scalar(part.strip(), kind));
    }
    return list;
  }

  // The only way to write an entry that holds a comma.
  private static JsonNode json(String text, Class<?> kind) {
    try {
      JsonNode list = BoundedJson.mapper().readTree(text);
      for (JsonNode entry : list) {
        if (kind == String.class ? !entry.isTextual() : !entry.isIntegralNumber()) {
          throw new IllegalArgumentException(text);
        }
      }
      return list;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonNode scalar(String text, Class<?> kind) {
    if (kind == boolean.class) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException(text);
      }
      return MAKE.booleanNode(text.equals("true"));
    }
    if (kind == long.class) {
      return MAKE.numberNode(Long.parseLong(text));
    }
    if (kind == int.class || kind == Integer.class) {
      return MAKE.numberNode(Integer.parseInt(text));
    }
    return kind == double.class ? MAKE.numberNode(Double.parseDouble(text)) : MAKE.textNode(text);
  }

  private String words() {
    if (kind() == Map.class) {
      return "names with whole numbers, such as hhh=0,1";
    }
    if (kind() == boolean.class) {
      return "true or false";
    }
    if (list()) {
      return kind() == String.class
          ? "texts with commas between them, or a JSON list of texts"
          : "whole numbers";
    }
    return kind() == double.class ? "a number" : "a whole number";
  }
}
