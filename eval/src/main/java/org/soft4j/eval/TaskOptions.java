package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.datasets.catalogue.SetCatalogue;

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

  /**
   * The path of a benchmark's file or folder: what the option names, else its place in the data
   * folder.
   *
   * @param option such as {@code truthfulqa.file}
   * @param place below the data folder, such as {@code truthfulqa/v1/mc_task.json}
   * @throws UserError where neither is given, or nothing is there
   */
  public Path path(String option, String place) {
    String named = value(option, "");
    String remedy =
        SetCatalogue.standard().remedy(place) + " Or name it with %s=PATH.".formatted(option);
    if (named.isEmpty() && data.isEmpty()) {
      throw new UserError("%s is needed, and no data folder is set.".formatted(place), remedy);
    }
    Path path = named.isEmpty() ? data.get().resolve(place) : Path.of(named);
    if (!Files.exists(path)) {
      throw new UserError("There is no %s.".formatted(path), remedy);
    }
    return path;
  }
}
