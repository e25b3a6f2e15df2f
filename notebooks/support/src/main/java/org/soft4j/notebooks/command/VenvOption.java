package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag that says which Python is meant. */
final class VenvOption {
  @Option(
      names = "--venv",
      paramLabel = "DIR",
      description = "Virtual environment (default: the one of the last install).")
  private Optional<Path> venv = Optional.empty();

  Optional<Path> folder() {
    return venv;
  }

  Jupyter jupyter() {
    return Jupyter.installed(venv);
  }
}
