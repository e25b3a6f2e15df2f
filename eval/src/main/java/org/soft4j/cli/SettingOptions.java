package org.soft4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.soft.Assignment;
import picocli.CommandLine.Option;

/** The flags that change settings of the method. */
final class SettingOptions {
  /** Where run.json says such a setting came from. */
  static final String ORIGIN = "command line";

  @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn at random.")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set an option by its dotted key; may be repeated.")
  private List<String> set = List.of();

  /** A file whose settings come before the assignments. */
  Optional<Path> config() {
    return config;
  }

  /** What was set, in the order to take it in. */
  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>(set.stream().map(Assignment::parse).toList());
    seed.ifPresent(value -> assignments.add(new Assignment("seed", value)));
    return assignments;
  }
}
