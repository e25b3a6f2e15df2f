package org.soft4j.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that come from elsewhere. Only regular files are opened, links followed: a pipe or a device
 * would keep a command waiting, or never end. What is read whole has a size that its kind
 * justifies, and that the memory holds.
 */
public final class InputFile {
  /** Bytes of a text that is read whole, such as a record, a prompt or a table. */
  public static final long MOST_TEXT = 512L << 20;

  /** Bytes and letters of a text in memory, for each byte of its file. */
  private static final int COPIES = 4;

  private InputFile() {}

  /**
   * The file itself, once it is seen to be a regular one.
   *
   * @throws UserError for a folder, a pipe, a socket or a device
   * @throws IOException where it is missing or may not be looked at
   */
  public static Path regular(Path file) throws IOException {
    attributes(file);
    return file;
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new UserError(file + " is a folder, not a file.", "Name a file in it.");
    }
    if (!attributes.isRegularFile()) {
      throw new UserError(
          file + " is no regular file, but a pipe, a socket or a device.",
          "Save what it gives to a file, and name that.");
    }
    return attributes;
  }

  /** Opens a regular file of any size, to be read bit by bit. */
  public static InputStream open(Path file) throws IOException {
    return Files.newInputStream(regular(file));
  }

  /**
   * All bytes of a regular file.
   *
   * @param most bytes that a file of its kind may have
   */
  public static byte[] bytes(Path file, long most) throws IOException {
    return bytes(file, most, Runtime.getRuntime().maxMemory());
  }

  /** The same for so much memory. */
  static byte[] bytes(Path file, long most, long memory) throws IOException {
    long size = attributes(file).size();
    if (size > most) {
      throw new UserError(
          "%s has %s bytes; such a file is read up to %s.".formatted(file, size, most),
          "Check that it is the right file, or part it.");
    }
    if (size * COPIES > memory) {
      throw new UserError(
          "%s has %s bytes, which do not fit into %s MiB of memory several times over."
              .formatted(file, size, memory >> 20),
          "Give more of it, such as SOFT4J_HEAP=4g ./soft4j …, or part the file.");
    }
    // A file may grow while it is read, or hold more than it says, as those below /proc do.
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > most) {
        throw new UserError(
            "%s has more than %s bytes.".formatted(file, most),
            "Check that it is the right file, or part it.");
      }
      return bytes;
    }
  }
}
