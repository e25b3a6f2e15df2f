package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.BoundedPattern;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.Tasks;

/** Finds task files: those that are named by path, and all of a folder. */
public final class YamlTasks {
  private final Tasks known;
  private final YamlIndex index;

  private YamlTasks(Tasks known, YamlIndex index) {
    this.known = known;
    this.index = index;
  }

  /**
   * Tasks that were asked for.
   *
   * @param tasks all that are known, with those of the files
   * @param names in the order of asking
   */
  public record Chosen(Tasks tasks, List<String> names) {
    /** Copies the list. */
    public Chosen {
      names = List.copyOf(names);
    }
  }

  /** These tasks alone, and task files that are named by path. */
  public static YamlTasks of(Tasks known) {
    return new YamlTasks(known, YamlIndex.NONE);
  }

  /**
   * These tasks and all tasks, groups and tags of the task files in a folder and below. A file is
   * checked when its task is opened, so that one that is not supported does not stand in the way of
   * the others.
   */
  public static YamlTasks including(Tasks known, Path folder) {
    YamlIndex index = YamlIndex.of(folder);
    List<TaskProvider> found =
        index.entries().values().stream()
            .filter(entry -> !entry.group())
            .<TaskProvider>map(entry -> new Unread(entry.file(), entry.name(), Map.of()))
            .toList();
    return new YamlTasks(known.with(found), index);
  }

  /** Whether a task file defines a group. */
  public static boolean isGroup(Path file) {
    return YamlIndex.isTaskFile(file) && YamlIndex.isGroup(YamlFile.read(file));
  }

  /**
   * Chooses tasks by name, by pattern, by the path of a task file, by the name of a group or a tag
   * of the folder. A group's tasks know that they are part of it.
   *
   * @throws org.soft4j.core.UserError for a pattern that matches nothing, or a task file that is
   *     not supported
   */
  public Chosen choose(List<String> patterns) {
    Tasks all = known;
    Set<String> names = new LinkedHashSet<>();
    for (String pattern : patterns) {
      List<TaskProvider> found = found(pattern);
      if (found.isEmpty()) {
        names.addAll(all.matching(List.of(pattern)));
      }
      all = all.with(found);
      found.forEach(task -> names.add(task.name()));
    }
    return new Chosen(all, List.copyOf(names));
  }

  private List<TaskProvider> found(String pattern) {
    Path path = Path.of(pattern.replace("*", ""));
    if (YamlIndex.isTaskFile(path)) {
      Path file = Path.of(pattern);
      return isGroup(file) ? group(file) : List.of(YamlTask.read(file));
    }
    BoundedPattern wanted = Tasks.named(pattern);
    List<TaskProvider> tasks = new ArrayList<>();
    for (YamlIndex.Entry entry : index.entries().values()) {
      if (entry.group() && wanted.matches(entry.name())) {
        tasks.addAll(group(entry.file()));
      }
    }
    index.tagged(pattern).forEach(name -> known.find(name).ifPresent(tasks::add));
    if (!tasks.isEmpty() && pattern.contains("*")) {
      // A pattern chooses the tasks that it matches besides.
      known.providers().stream()
          .filter(task -> wanted.matches(task.name()))
          .filter(task -> tasks.stream().noneMatch(one -> one.name().equals(task.name())))
          .forEach(tasks::add);
    }
    return tasks;
  }

  /** The tasks of a group, which stand in the folder of all, or else in that of the group. */
  private List<TaskProvider> group(Path file) {
    boolean own = index.entries().isEmpty();
    YamlIndex names = own ? YamlIndex.of(file.toAbsolutePath().normalize().getParent()) : index;
    return YamlGroup.tasks(known, names, file);
  }

  /**
   * A task file that nobody has asked for yet.
   *
   * @param replaced fields that a group gives it
   */
  record Unread(Path file, String name, Map<String, YamlValue> replaced) implements TaskProvider {
    Unread {
      replaced = Map.copyOf(replaced);
    }

    @Override
    public String summary() {
      return "task file " + file;
    }

    @Override
    public Task open(TaskOptions options) {
      return YamlTask.read(file, new LinkedHashMap<>(replaced)).open(options);
    }
  }
}
