package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.UserError;

/** Where soft4j lives, and where it keeps what it fetched. */
final class Home {
  private Home() {}

  /** The folder of the launcher, which starts kernels too. */
  static Path folder() {
    return Optional.ofNullable(System.getProperty("soft4j.home"))
        .map(Path::of)
        .orElseThrow(
            () ->
                new UserError(
                    "The folder of soft4j is not known.", "Start this by ./soft4j notebook."));
  }

  /** SOFT4J_HOME, or .soft4j in the user's home. */
  static Path kept() {
    return Optional.ofNullable(System.getenv("SOFT4J_HOME"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".soft4j"))
        .toAbsolutePath();
  }
}
