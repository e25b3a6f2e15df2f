package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of lines that grows. What was added is on the disk when {@link #add} returns; a line that
 * a kill cut short is taken away at the next opening. The file is made by the first line. Who
 * shares it with other processes takes a {@link ProcessLock} before.
 */
public final class AppendLog {
  private final Path file;
  private final List<String> found;

  private AppendLog(Path file, List<String> found) {
    this.file = file;
    this.found = found;
  }

  /** Opens a log and reads the whole lines in it. */
  public static AppendLog open(Path file) {
    if (!Files.exists(file)) {
      return new AppendLog(file, List.of());
    }
    try {
      byte[] bytes = InputFile.bytes(file, InputFile.MOST_TEXT);
      int whole = bytes.length;
      // In bytes, since a kill may have cut a character.
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      if (whole < bytes.length) {
        cut(file, whole);
      }
      String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
      return new AppendLog(file, text.isEmpty() ? List.of() : split(text));
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  // Not by String.lines, which ends a line at a carriage return too.
  private static List<String> split(String text) {
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }

  private static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** The whole lines that were found at the opening, without their line feeds. */
  public List<String> found() {
    return found;
  }

  /** Takes away the lines behind the first so many of those that were found. */
  public AppendLog keep(int count) {
    List<String> kept = found.subList(0, Math.min(count, found.size()));
    if (kept.size() < found.size()) {
      try {
        cut(file, kept.stream().mapToLong(AppendLog::bytes).sum());
      } catch (IOException e) {
        throw FileFault.of(file, e);
      }
    }
    return new AppendLog(file, List.copyOf(kept));
  }

  private static long bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1L;
  }

  /** Adds a line, given without its line feed. */
  public void add(String line) {
    add(List.of(line));
  }

  /** Adds lines, given without line feeds. */
  public synchronized void add(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(String.join("\n", lines) + "\n");
    try {
      // A relative path may have no folder above it.
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
    } catch (IOException e) {
      throw FileFault.writing(file, e);
    }
  }
}
