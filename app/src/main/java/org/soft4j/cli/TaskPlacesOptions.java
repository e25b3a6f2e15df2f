package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.yaml.TaskPlaces;
import picocli.CommandLine.Option;

/** The flags that say where benchmarks and their files are looked for. */
final class TaskPlacesOptions {
  @Option(
      names = "--include",
      paramLabel = "DIR",
      description = "Folder of task files (.yaml), whose tasks may be named too.")
  private Optional<Path> include = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "Folder with benchmark files.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Option of a benchmark, such as truthfulqa.revision=2025; may be repeated.")
  private Map<String, String> options = Map.of();

  TaskPlaces chosen() {
    return chosen(options);
  }

  /** With options that were asked for in other ways too. */
  TaskPlaces chosen(Map<String, String> all) {
    return new TaskPlaces(include, data, all);
  }
}
