package org.soft4j.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed, or when the process ends. */
final class TemporaryFolder implements AutoCloseable {
  private final Path root;
  private final Thread hook;
  private int given;

  TemporaryFolder() {
    try {
      root = Files.createTempDirectory("soft4j-lab-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Path path = root;
    hook = new Thread(() -> delete(path), "soft4j-lab-clean");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A path in it that was not given before. */
  synchronized Path next() {
    given++;
    return root.resolve(String.valueOf(given));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return; // the hook deletes it
    }
    delete(root);
  }

  private static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(root)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // The system's own cleaning of temporary files takes what is left.
    }
  }
}
