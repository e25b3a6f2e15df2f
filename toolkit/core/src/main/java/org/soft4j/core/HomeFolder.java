package org.soft4j.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where soft4j keeps what it fetches, and where it looks for sets. */
public final class HomeFolder {
  private HomeFolder() {}

  /** SOFT4J_HOME, or else .soft4j of the user's folder. */
  public static Path path() {
    return path(System.getenv());
  }

  /** The cache of fetched sets, laid out as a data folder is; it need not exist. */
  public static Path sets() {
    return path().resolve("datasets");
  }

  /** The data folder: SOFT4J_DATA where that is a folder, else the cache of fetched sets. */
  public static Optional<Path> data() {
    return data(System.getenv());
  }

  static Optional<Path> data(Map<String, String> environment) {
    String named = environment.getOrDefault("SOFT4J_DATA", "");
    Path folder = named.isBlank() ? path(environment).resolve("datasets") : Path.of(named);
    return Optional.of(folder).filter(Files::isDirectory);
  }

  private static Path path(Map<String, String> environment) {
    String home = environment.getOrDefault("SOFT4J_HOME", "");
    return home.isBlank() ? Path.of(System.getProperty("user.home"), ".soft4j") : Path.of(home);
  }
}
