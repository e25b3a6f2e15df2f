package org.soft4j.eval.yaml;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.soft4j.core.DidYouMean;
import org.soft4j.eval.python.PythonPattern;

/** Checks on the fields of a map in a task file. */
final class Fields {
  private Fields() {}

  /** Refuses what is not known, by its name and line. */
  static void refuseOthers(Map<String, YamlValue> fields, Set<String> known) {
    fields.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            throw value.fault(
                "is not supported." + DidYouMean.hint(name, known),
                "Available: " + String.join(", ", new TreeSet<>(known)) + ".");
          }
        });
  }

  /** Refuses Python code, which is named by a tag such as !function. */
  static void refuseCode(YamlValue value) {
    if (!value.function().isEmpty()) {
      throw value.fault(
          "is Python code (%s), which is not run.".formatted(value.function()),
          "Write it as a Jinja template or a column's name, or the task as a Java class"
              + " (docs/tasks.md).");
    }
  }

  /** A regular expression; one that Java does not read as Python does is refused. */
  static PythonPattern pattern(YamlValue field) {
    try {
      return new PythonPattern(field.text());
    } catch (PatternSyntaxException e) {
      throw field.fault(
          "is no regular expression that is supported: " + e.getDescription() + ".",
          "Use groups, classes, repetitions and the flags s, i and m.");
    }
  }

  static YamlValue required(YamlValue map, Map<String, YamlValue> fields, String name) {
    YamlValue value = fields.get(name);
    if (value == null || value.isNull()) {
      throw map.fault("lacks \"" + name + "\".", "Add " + name + ": …");
    }
    return value;
  }
}
