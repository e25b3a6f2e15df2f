package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;

/**
 * A YAML or JSON file as maps, lists and texts; a text is written as it stands in the file. The
 * file is bounded as a task file is, and no tag of it is followed.
 */
public final class YamlTexts {
  private static final int MOST_VALUES = 10_000;
  private static final int MOST_DEPTH = 20;

  private YamlTexts() {}

  /** The fields of a file; a value is a String, a List or a Map of such values. */
  public static Map<String, Object> read(Path file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    int[] left = {MOST_VALUES};
    YamlFile.alone(file).forEach((key, value) -> fields.put(key, texts(value, left, 0)));
    return fields;
  }

  private static Object texts(YamlValue value, int[] left, int depth) {
    // Aliases make a small file stand for a huge one, and a list hold itself.
    if (left[0]-- <= 0 || depth > MOST_DEPTH) {
      throw new UserError(
          "%s holds more than %s values, or %s within each other."
              .formatted(value.file(), MOST_VALUES, MOST_DEPTH),
          "Write what it says without aliases of aliases.");
    }
    if (value.isList()) {
      List<Object> values = new ArrayList<>();
      value.list().forEach(inner -> values.add(texts(inner, left, depth + 1)));
      return values;
    }
    if (value.isMap()) {
      Map<String, Object> values = new LinkedHashMap<>();
      value.fields().forEach((key, inner) -> values.put(key, texts(inner, left, depth + 1)));
      return values;
    }
    return value.isNull() ? "" : value.text();
  }
}
