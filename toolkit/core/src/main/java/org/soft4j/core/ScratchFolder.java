package org.soft4j.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A folder for what nobody keeps: gone when it is closed. A lock beside it is held as long; the
 * next scratch folder of the same name takes away those of killed processes, which nobody holds.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String DIGITS = "[0-9a-f]{16}";

  private final Path root;
  private final ProcessLock lock;

  private ScratchFolder(Path root, ProcessLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes one in the system's folder of temporary files.
   *
   * @param name begins its name, such as {@code soft4j-lab-}
   */
  public static ScratchFolder temporary(String name) {
    return in(Path.of(System.getProperty("java.io.tmpdir")), name);
  }

  /** Makes one in this folder. */
  public static ScratchFolder in(Path above, String name) {
    sweep(above.toAbsolutePath(), name);
    byte[] drawn = new byte[8];
    ThreadLocalRandom.current().nextBytes(drawn);
    Path root = above.toAbsolutePath().resolve(name + HexFormat.of().formatHex(drawn));
    // First the lock: a folder that has none yet would be anybody's.
    ProcessLock lock = ProcessLock.file(root, "java.io.tmpdir");
    try {
      return new ScratchFolder(Files.createDirectory(root), lock);
    } catch (IOException failure) {
      lock.close();
      throw FileFault.making(root, failure);
    }
  }

  /** By their locks: those that can be taken are nobody's. */
  private static void sweep(Path above, String name) {
    String suffix = ProcessLock.IN_FOLDER;
    try (DirectoryStream<Path> locks =
        Files.newDirectoryStream(
            above, file -> isOurs(file, "." + name, suffix) && Files.isWritable(file))) {
      for (Path file : locks) {
        String dotted = file.getFileName().toString();
        String folder = dotted.substring(1, dotted.length() - suffix.length());
        remove(above.resolve(folder));
      }
    } catch (IOException | RuntimeException stays) {
      // It is in nobody's way.
    }
  }

  private static boolean isOurs(Path file, String begin, String end) {
    String name = file.getFileName().toString();
    return name.startsWith(begin)
        && name.endsWith(end)
        && name.substring(begin.length(), name.length() - end.length()).matches(DIGITS);
  }

  private static void remove(Path folder) {
    try (ProcessLock free = ProcessLock.fileNow(folder)) {
      if (!free.again() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        RunFolder.delete(folder);
      }
    } catch (UserError | IOException | UncheckedIOException stays) {
      // Somebody is at work in it, or it is not ours.
    }
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      if (Files.exists(root)) {
        RunFolder.delete(root);
      }
    } catch (IOException | UncheckedIOException left) {
      // Once its lock is free, the next one takes it away.
    } finally {
      lock.close();
    }
  }
}
