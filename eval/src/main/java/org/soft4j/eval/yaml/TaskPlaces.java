package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.soft4j.core.HomeFolder;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;

/**
 * Where tasks and their files are looked for.
 *
 * @param include folder of task files, where one is given
 * @param data folder with benchmark files, where one is given; otherwise the usual one
 * @param options further options of tasks by name
 */
public record TaskPlaces(Optional<Path> include, Optional<Path> data, Map<String, String> options) {
  /** Copies the map. */
  public TaskPlaces {
    options = Map.copyOf(options);
  }

  private YamlTasks with(Tasks known) {
    return include
        .map(folder -> YamlTasks.including(known, folder))
        .orElseGet(() -> YamlTasks.of(known));
  }

  /**
   * Opens the tasks that patterns choose, with all of their items.
   *
   * @param known tasks that may be named besides those of the folder
   */
  public List<Task> open(Tasks known, List<String> patterns) {
    TaskOptions asked = taskOptions();
    YamlTasks.Chosen chosen = with(known).choose(patterns);
    return chosen.names().stream().map(name -> chosen.tasks().open(name, asked)).toList();
  }

  /** What a task may ask for when it is opened. */
  public TaskOptions taskOptions() {
    return new TaskOptions(data.or(HomeFolder::data), options);
  }

  /** The tasks that patterns choose, among them task files that are named by path. */
  public List<TaskCatalogue.Entry> entries(List<String> patterns) {
    return catalogue().apply(patterns);
  }

  /** The same for several lists of patterns; the folder of task files is read once. */
  public Function<List<String>, List<TaskCatalogue.Entry>> catalogue() {
    YamlTasks files = with(Tasks.standard());
    return patterns -> {
      YamlTasks.Chosen chosen = files.choose(patterns);
      return new TaskCatalogue(chosen.tasks(), taskOptions()).entries(chosen.names());
    };
  }
}
