package org.soft4j.eval.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.soft4j.core.UserError;

/**
 * What the task files of a folder define: tasks and groups by name, and the tasks of every tag. Of
 * two files with one name the first counts, by path, as in the reference harness.
 *
 * @param entries by name
 * @param tags names of tasks by tag, sorted
 */
record YamlIndex(Map<String, Entry> entries, Map<String, TreeSet<String>> tags) {
  private static final int DEPTH = 8;

  /**
   * A task or a group.
   *
   * @param name of it
   * @param file that defines it
   * @param group whether it is one
   */
  record Entry(String name, Path file, boolean group) {}

  /** Nothing is defined. */
  static final YamlIndex NONE = new YamlIndex(Map.of(), Map.of());

  /** Reads the files of a folder and below; those that cannot be read are tasks by their name. */
  static YamlIndex of(Path folder) {
    YamlIndex index = new YamlIndex(new TreeMap<>(), new HashMap<>());
    try (Stream<Path> inside = Files.walk(folder, DEPTH)) {
      for (Path file : inside.filter(YamlIndex::isTaskFile).sorted().toList()) {
        index.add(file);
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot read the folder " + folder + ".", "Name a folder of task files (.yaml).", e);
    }
    return index;
  }

  static boolean isTaskFile(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** Whether fields are a group's: it has a name and a list of members. */
  static boolean isGroup(Map<String, YamlValue> fields) {
    return fields.containsKey("group")
        && !fields.get("group").isNull()
        && !fields.containsKey("class");
  }

  private void add(Path file) {
    try {
      Map<String, YamlValue> fields = YamlFile.read(file);
      YamlValue task = fields.get("task");
      if (isGroup(fields) && (task == null || task.isList())) {
        String name = fields.get("group").text();
        entries.putIfAbsent(name, new Entry(name, file, true));
      } else if (task != null && !task.isNull() && !task.isList()) {
        String name = task.text();
        if (entries.putIfAbsent(name, new Entry(name, file, false)) == null) {
          Optional.ofNullable(fields.get("tag"))
              .filter(tag -> !tag.isNull())
              .map(YamlValue::texts)
              .orElse(List.of())
              .forEach(tag -> tags.computeIfAbsent(tag, key -> new TreeSet<>()).add(name));
        }
      }
    } catch (UserError saidWhenOpened) {
      String name = file.getFileName().toString().replaceAll("\\.ya?ml$", "");
      entries.putIfAbsent(name, new Entry(name, file, false));
    }
  }

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The tasks of a tag, sorted; none where there is no such tag. */
  List<String> tagged(String tag) {
    return new ArrayList<>(tags.getOrDefault(tag, new TreeSet<>()));
  }
}
