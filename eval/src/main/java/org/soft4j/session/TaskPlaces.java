package org.soft4j.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.yaml.YamlTasks;

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

  /** These tasks and those of the folder of task files. */
  Tasks with(Tasks known) {
    return include.map(folder -> YamlTasks.including(known, folder)).orElse(known);
  }

  /** What a task may ask for when it is opened. */
  TaskOptions taskOptions() {
    return new TaskOptions(data.or(RunData::dataFolder), options);
  }

  /** The tasks that patterns choose, among them task files that are named by path. */
  public List<TaskCatalogue.Entry> entries(List<String> patterns) {
    YamlTasks.Chosen chosen = YamlTasks.choose(with(Tasks.standard()), patterns);
    return new TaskCatalogue(chosen.tasks(), taskOptions()).entries(chosen.names());
  }
}
