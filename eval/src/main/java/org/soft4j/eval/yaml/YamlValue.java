package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soft4j.core.UserError;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file that knows where it stands.
 *
 * @param file it was read from
 * @param name of its field, such as {@code metric_list.metric}
 * @param node as the parser gave it; never turned into an object by its tag
 */
record YamlValue(Path file, String name, Node node) {
  private static final int MOST_VALUES = 100_000;
  private static final int MOST_DEPTH = 50;

  /** A fault in this place of the file. */
  UserError fault(String problem, String remedy) {
    int line = node.getStartMark().getLine() + 1;
    return new UserError("%s, line %s: %s %s".formatted(file, line, name, problem), remedy);
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isText() {
    return node.getTag().equals(Tag.STR);
  }

  boolean isWhole() {
    return node.getTag().equals(Tag.INT);
  }

  /** The function that the value names, or an empty text. */
  String function() {
    String tag = node.getTag().getValue();
    boolean own = !tag.startsWith(Tag.PREFIX);
    return own ? tag + (node instanceof ScalarNode scalar ? " " + scalar.getValue() : "") : "";
  }

  /** A scalar as it is written, whatever its type. */
  String text() {
    if (node instanceof ScalarNode scalar && !isNull() && function().isEmpty()) {
      return scalar.getValue();
    }
    throw fault("is not a text.", "Write it as one value, in quotes where it has signs of YAML.");
  }

  int whole() {
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException e) {
      throw fault("is \"" + text() + "\", which is not a whole number.", "Write it as digits.");
    }
  }

  double number() {
    try {
      return Double.parseDouble(text());
    } catch (NumberFormatException e) {
      throw fault("is \"" + text() + "\", which is not a number.", "Write it as digits.");
    }
  }

  boolean flag() {
    if (!node.getTag().equals(Tag.BOOL)) {
      throw fault("is neither true nor false.", "Write true or false.");
    }
    return List.of("true", "yes", "on").contains(text().toLowerCase(Locale.ROOT));
  }

  /** What Python takes for true where a truth value is wanted: any text but an empty one is. */
  boolean truth() {
    return isText() ? !text().isEmpty() : flag();
  }

  List<YamlValue> list() {
    if (node instanceof SequenceNode sequence && function().isEmpty()) {
      return sequence.getValue().stream().map(inner -> new YamlValue(file, name, inner)).toList();
    }
    throw fault("is not a list.", "Write each part on a line of its own after a dash.");
  }

  /** The texts of a list, or the one text that stands instead. */
  List<String> texts() {
    return isList() ? list().stream().map(YamlValue::text).toList() : List.of(text());
  }

  /**
   * The values of a map by key, in order. Of a key that stands twice the last value counts, as in
   * Python; {@link YamlFile} tells of it.
   */
  Map<String, YamlValue> fields() {
    if (!(node instanceof MappingNode mapping) || !function().isEmpty()) {
      throw fault("is not a map.", "Write it as key: value, one a line.");
    }
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = new YamlValue(file, name, entry.getKeyNode()).text();
      String path = name.isEmpty() ? key : name + "." + key;
      YamlValue value = new YamlValue(file, path, entry.getValueNode());
      fields.put(key, value);
    }
    return fields;
  }

  /** A key of a map, whatever its type, and its value. */
  record Pair(YamlValue key, YamlValue value) {}

  /** The entries of a map in order. */
  List<Pair> pairs() {
    if (!(node instanceof MappingNode mapping) || !function().isEmpty()) {
      throw fault("is not a map.", "Write it as key: value, one a line.");
    }
    return mapping.getValue().stream()
        .map(
            entry ->
                new Pair(
                    new YamlValue(file, name, entry.getKeyNode()),
                    new YamlValue(file, name, entry.getValueNode())))
        .toList();
  }

  /** The keys of a map that stand in it twice, in words. */
  List<String> repeated() {
    Map<String, YamlValue> seen = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (NodeTuple entry : ((MappingNode) node).getValue()) {
      YamlValue value = new YamlValue(file, name, entry.getKeyNode());
      if (seen.put(value.text(), value) != null) {
        notes.add(
            "%s stands twice in %s, line %s: the last one counts"
                .formatted(
                    name.isEmpty() ? value.text() : name + "." + value.text(),
                    file.getFileName(),
                    value.node().getStartMark().getLine() + 1));
      }
    }
    return notes;
  }

  /** The value as texts, whole numbers, numbers, truth values, nulls, lists and maps. */
  Object plain() {
    return plain(new int[] {MOST_VALUES}, 0);
  }

  private Object plain(int[] left, int depth) {
    // Aliases make a small file stand for a huge one, and a list hold itself.
    if (left[0]-- == 0 || depth > MOST_DEPTH) {
      throw fault(
          "holds more than %s values, or %s within each other.".formatted(MOST_VALUES, MOST_DEPTH),
          "Put rows in a data file.");
    }
    if (!function().isEmpty()) {
      throw fault("is " + function() + ", which is code.", "Write the value itself.");
    }
    if (isList()) {
      List<Object> values = new ArrayList<>();
      list().forEach(inner -> values.add(inner.plain(left, depth + 1)));
      return values;
    }
    if (isMap()) {
      Map<String, Object> values = new LinkedHashMap<>();
      fields().forEach((key, inner) -> values.put(key, inner.plain(left, depth + 1)));
      return values;
    }
    return scalar();
  }

  private Object scalar() {
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.INT)) {
      return (long) whole();
    }
    if (tag.equals(Tag.FLOAT)) {
      return number();
    }
    return tag.equals(Tag.BOOL) ? (Object) flag() : text();
  }
}
