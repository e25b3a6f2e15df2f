package org.soft4j.eval.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.error.UserError;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.Tasks;

/** Finds task files: those that are named by path, and all of a folder. */
public final class YamlTasks {
  private static final int DEPTH = 8;

  private YamlTasks() {}

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

  /**
   * These tasks and one of every task file in a folder and below. A file is checked when its task
   * is opened, so that one that is not supported does not stand in the way of the others.
   */
  public static Tasks including(Tasks known, Path folder) {
    Tasks all = known;
    try (Stream<Path> inside = Files.walk(folder, DEPTH)) {
      for (Path file : inside.filter(YamlTasks::isTaskFile).sorted().toList()) {
        Optional<String> name = name(file);
        if (name.isPresent()) {
          all = all.with(new Unread(file, name.get()));
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot read the folder " + folder + ".", "Name a folder of task files (.yaml).", e);
    }
    return all;
  }

  /**
   * Chooses tasks by name, by pattern, or by the path of a task file.
   *
   * @throws UserError for a pattern that matches nothing, or a task file that is not supported
   */
  public static Chosen choose(Tasks known, List<String> patterns) {
    Tasks all = known;
    List<String> names = new ArrayList<>();
    for (String pattern : patterns) {
      if (isTaskFile(Path.of(pattern.replace("*", "")))) {
        YamlTask task = YamlTask.read(Path.of(pattern));
        all = all.with(task);
        names.add(task.name());
      } else {
        names.addAll(all.matching(List.of(pattern)));
      }
    }
    return new Chosen(all, names.stream().distinct().toList());
  }

  private static boolean isTaskFile(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** The task's name; empty for templates and groups, the file's own where it cannot be read. */
  private static Optional<String> name(Path file) {
    try {
      Map<String, YamlValue> fields = YamlFile.read(file);
      YamlValue task = fields.get("task");
      return task == null || task.isNull() || task.isList()
          ? Optional.empty()
          : Optional.of(task.text());
    } catch (UserError saidWhenOpened) {
      return Optional.of(file.getFileName().toString().replaceAll("\\.ya?ml$", ""));
    }
  }

  /** A task file that nobody has asked for yet. */
  private record Unread(Path file, String name) implements TaskProvider {
    @Override
    public String summary() {
      return "task file " + file;
    }

    @Override
    public Task open(TaskOptions options) {
      return YamlTask.read(file).open(options);
    }
  }
}
