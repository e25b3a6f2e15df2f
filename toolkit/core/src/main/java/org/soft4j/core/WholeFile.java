package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files and folders that are whole or absent: made beside their place, then moved there in one
 * step.
 */
public final class WholeFile {
  /** Ends the names of what a killed process leaves beside, for the next one to remove. */
  static final String UNFINISHED = ".unfinished";

  private WholeFile() {}

  /** Where a file or folder is made until it is whole; who makes it has locked the folder. */
  public static Path unfinished(Path place) {
    Path whole = place.toAbsolutePath();
    return whole.resolveSibling(whole.getFileName() + UNFINISHED);
  }

  /** Puts a finished file or folder in its place; a file that was there is replaced. */
  public static void move(Path finished, Path place) throws IOException {
    Files.move(
        finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads a UTF-8 file; a byte order mark is left out. */
  public static String read(Path file) {
    try {
      return Utf8.decode(Utf8.withoutMark(InputFile.bytes(file, InputFile.MOST_TEXT)), file, 1);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  /** Writes a UTF-8 file, with the folders above it, or leaves what was there. */
  public static void write(Path file, String text) {
    Path place = file.toAbsolutePath();
    Path beside = unfinished(place);
    try {
      Files.createDirectories(place.getParent());
      try {
        force(beside, text);
        move(beside, place);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw FileFault.writing(file, e);
    }
  }

  private static void force(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
