package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/** Writes a folder whole or not at all: first beside the target, then moved onto it. */
public final class WholeFolder {
  private WholeFolder() {}

  /** Fills the new folder. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes files.
     *
     * @param folder new and empty
     */
    void write(Path folder) throws IOException;
  }

  /**
   * Replaces a folder.
   *
   * @param folder replaced where it exists
   * @throws UserError if it cannot be written
   */
  public static void replace(Path folder, Content content) {
    Path target = folder.toAbsolutePath();
    Path partial = WholeFile.unfinished(target);
    try {
      delete(partial);
      Files.createDirectories(partial);
      content.write(partial);
      force(partial);
      delete(target);
      WholeFile.move(partial, target);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write the folder " + folder + ": " + e.getMessage(),
          "Check that the disk has room and the folder may be written.",
          e);
    }
  }

  /** Removes a folder where it is there. */
  public static void remove(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UserError(
          "Cannot remove the folder " + folder + ": " + e.getMessage(),
          "Check that it may be written.",
          e);
    }
  }

  private static void force(Path folder) throws IOException {
    for (Path file : inside(folder)) {
      if (Files.isRegularFile(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : inside(folder)) {
        Files.delete(file);
      }
    }
  }

  /** All of it, the folder itself last. */
  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
