package org.soft4j.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A tree of settings, and where each value came from. Later layers win: defaults, preset, config
 * file, command line. A value is changed in the JSON form of the tree and read back, so that the
 * records' own checks hold and no copy is written by hand. Once it is {@link #forCommand}, keys
 * that the command does not take are refused.
 *
 * @param <T> a record whose components are records or have a {@link Setting}
 */
public final class Resolved<T extends Record> {
  /** Origin of a value that nobody changed. */
  public static final String DEFAULT = "default";

  private final T value;
  private final SortedMap<String, String> origins;
  private final List<String> commands;

  private Resolved(T value, SortedMap<String, String> origins, List<String> commands) {
    this.value = value;
    this.commands = commands;
    this.origins = Collections.unmodifiableSortedMap(origins);
  }

  /** All defaults. */
  public static <T extends Record> Resolved<T> defaults(T defaults) {
    return of(defaults, defaults, DEFAULT);
  }

  /** Settings made in code; every value that is not the default gets the origin. */
  public static <T extends Record> Resolved<T> of(T defaults, T value, String origin) {
    SortedMap<String, String> origins = new TreeMap<>();
    Map<String, JsonNode> plain = flat(defaults);
    flat(value)
        .forEach((key, node) -> origins.put(key, node.equals(plain.get(key)) ? DEFAULT : origin));
    return new Resolved<>(value, origins, List.of());
  }

  /**
   * The same values for a command: from here on, other settings than its own are refused.
   *
   * @param others commands whose settings are let pass, such as those of a file for a whole run
   */
  public Resolved<T> forCommand(String name, String... others) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(List.of(others));
    return new Resolved<>(value, new TreeMap<>(origins), List.copyOf(all));
  }

  /** The values. */
  public T value() {
    return value;
  }

  /** A part of the tree; every origin is kept. */
  public <P extends Record> Resolved<P> part(Function<T, P> part) {
    return new Resolved<>(part.apply(value), new TreeMap<>(origins()), List.of());
  }

  /** Origin of each dotted key that the command takes. */
  public SortedMap<String, String> origins() {
    SortedMap<String, String> taken = new TreeMap<>(origins);
    taken.keySet().removeIf(dotted -> keys().stream().noneMatch(key -> key.owns(dotted)));
    return taken;
  }

  /** Every option that can be set: all of the tree, or those that the command takes. */
  public List<SettingKey> keys() {
    List<SettingKey> all = SettingKey.of(value.getClass());
    return commands.isEmpty()
        ? all
        : all.stream().filter(key -> commands.stream().anyMatch(key::isFor)).toList();
  }

  /** Every value as text by dotted key, in the order of the tree; what {@link #with} reads. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    flat(value).forEach((key, node) -> texts.put(key, SettingKey.text(node)));
    return texts;
  }

  /** Whether a dotted key names an option that can be set. */
  public boolean knows(String dotted) {
    return keys().stream().anyMatch(key -> key.owns(dotted));
  }

  /**
   * The option that a dotted key names. Another key is a UserError: with the nearest known one, or
   * with what it means and which commands take it.
   */
  public SettingKey known(String dotted) {
    List<String> names = new ArrayList<>();
    for (SettingKey key : keys()) {
      if (key.owns(dotted)) {
        return key;
      }
      names.add(key.open() ? key.key() + ".NAME" : key.key());
    }
    List<SettingKey> all = SettingKey.of(value.getClass());
    for (SettingKey key : all) {
      if (key.owns(dotted)) {
        throw key.refusal(dotted, commands.get(0), all);
      }
    }
    throw new UserError(
        "There is no setting \"%s\".%s".formatted(dotted, hint(dotted, names)),
        "Known settings: %s.".formatted(String.join(", ", names)));
  }

  /** A flag's name, written as a setting is, means the flag's key. */
  private String hint(String dotted, List<String> names) {
    String plain = dotted.replaceAll("[_.]", "-");
    Map<String, String> flags = new TreeMap<>();
    keys().forEach(key -> flags.put(key.setting().flag().replaceFirst("^--", ""), key.key()));
    flags.remove("");
    return flags.containsKey(plain)
        ? " Did you mean %s?".formatted(flags.get(plain))
        : DidYouMean.hint(dotted, names);
  }

  /**
   * Sets values by dotted key.
   *
   * @param values texts by key, such as {@code training.rank} to {@code 4}; lists with commas
   * @param origin such as {@code preset micro}
   */
  public Resolved<T> with(Map<String, String> values, String origin) {
    return with(values, key -> origin);
  }

  /** Sets values by dotted key, each with an origin of its own. */
  public Resolved<T> with(Map<String, String> values, UnaryOperator<String> origin) {
    Map<String, JsonNode> flat = flat(value);
    Map<String, JsonNode> changed = new LinkedHashMap<>();
    values.forEach(
        (key, text) ->
            changed.put(
                key, known(key).parse(text, flat.getOrDefault(key, Json.mapper().nullNode()))));
    return merged(changed, origin);
  }

  /** Sets one value, typed as {@code key=value}. */
  public Resolved<T> set(String assignment, String origin) {
    Map.Entry<String, String> sides = assignment(assignment);
    return with(Map.of(sides.getKey(), sides.getValue()), origin);
  }

  /** The two sides of the first equals sign, without the blanks around them. */
  public static Map.Entry<String, String> assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new UserError(
          "\"%s\" is not of the form key=value.".formatted(text), "Write --set training.rank=4.");
    }
    return Map.entry(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /**
   * Takes over the settings of a JSON text: a run.json (its "settings"), or an object of settings
   * alone; keys that are absent stay as they are.
   *
   * @param json the text
   * @param name of the file, for errors
   */
  public Resolved<T> withConfig(String json, String name) {
    JsonNode tree = Json.read(json, JsonNode.class, name);
    JsonNode given = tree.has("settings") ? tree.get("settings") : tree;
    if (!(given instanceof ObjectNode object)) {
      throw new UserError(
          name + " holds no JSON object.", "Give a run.json or a file of settings.");
    }
    return with(object, "config " + name);
  }

  /** Takes over a JSON form of the tree; keys that are absent stay as they are. */
  public Resolved<T> with(ObjectNode tree, String origin) {
    Map<String, JsonNode> changed = flat("", tree, SettingKey.of(value.getClass()));
    changed.keySet().forEach(this::known);
    return merged(changed, key -> origin);
  }

  /** Takes over a part of the tree that was made in code; values that are the same stay as said. */
  public Resolved<T> withPart(String name, Record part, String origin) {
    ObjectNode tree = Json.mapper().createObjectNode();
    tree.set(name, Json.mapper().valueToTree(part));
    Map<String, JsonNode> changed = flat("", tree, SettingKey.of(value.getClass()));
    Map<String, JsonNode> now = flat(value);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(now.get(entry.getKey())));
    changed.keySet().forEach(this::known);
    return merged(changed, key -> origin);
  }

  private Resolved<T> merged(Map<String, JsonNode> changed, UnaryOperator<String> origin) {
    ObjectNode tree = Json.mapper().valueToTree(value);
    SortedMap<String, String> newOrigins = new TreeMap<>(origins);
    changed.forEach(
        (key, node) -> {
          put(tree, known(key), key, node);
          newOrigins.put(key, origin.apply(key));
        });
    return new Resolved<>(bind(tree), newOrigins, commands);
  }

  private static void put(ObjectNode tree, SettingKey option, String key, JsonNode node) {
    ObjectNode at = tree;
    String[] path = option.key().split("\\.");
    int last = option.open() ? path.length : path.length - 1;
    for (int i = 0; i < last; i++) {
      at = (ObjectNode) at.get(path[i]);
    }
    at.set(option.open() ? key.substring(option.key().length() + 1) : path[last], node);
  }

  @SuppressWarnings("unchecked")
  private T bind(ObjectNode tree) {
    try {
      return (T) Json.mapper().treeToValue(tree, value.getClass());
    } catch (JsonMappingException e) {
      throw badValue(e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be malformed", e);
    }
  }

  private static UserError badValue(JsonMappingException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError fault) {
        return fault;
      }
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

  private static Map<String, JsonNode> flat(Record settings) {
    return flat(
        "", Json.mapper().<ObjectNode>valueToTree(settings), SettingKey.of(settings.getClass()));
  }

  private static Map<String, JsonNode> flat(String prefix, ObjectNode tree, List<SettingKey> keys) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    for (var field : tree.properties()) {
      String key = prefix + field.getKey();
      boolean leaf = keys.stream().anyMatch(k -> k.owns(key));
      if (!leaf && field.getValue() instanceof ObjectNode object) {
        flat.putAll(flat(key + ".", object, keys));
      } else {
        flat.put(key, field.getValue());
      }
    }
    return flat;
  }
}
