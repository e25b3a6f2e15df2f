package org.soft4j.eval;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.soft4j.error.UserError;

/**
 * What a task may ask for when it is opened.
 *
 * @param data folder with benchmark files, where there is one
 * @param values further options by name, such as {@code micro.world}
 */
public record TaskOptions(Optional<Path> data, Map<String, String> values) {
  /** No data folder, no options. */
  public static final TaskOptions NONE = new TaskOptions(Optional.empty(), Map.of());

  /** Copies the map. */
  public TaskOptions {
    values = Map.copyOf(values);
  }

  /** The value of an option, or the other value where it is not set. */
  public String value(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The value of an option that is a whole number. */
  public long number(String name, long otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new UserError(
          name + " is \"" + value + "\", which is not a whole number.",
          "Write it as digits, such as " + name + "=" + otherwise + ".",
          e);
    }
  }
}
