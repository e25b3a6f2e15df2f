package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder whose files are whole or absent. It is locked against a second process as long as this
 * value is open.
 *
 * <p>A file is written beside its place, forced to the disk and moved; what a killed process leaves
 * beside is removed at the next opening.
 */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = ".unfinished";
  // Some editors begin a UTF-8 file with it.
  private static final String MARK = "\ufeff";

  private final Path root;
  private final FileChannel lockChannel;

  private RunFolder(Path root, FileChannel lockChannel) {
    this.root = root;
    this.lockChannel = lockChannel;
  }

  /** Opens and locks a folder, made where absent. */
  public static RunFolder open(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new UserError(
            "The folder " + root + " is in use by another process.",
            "Wait for it, stop it, or choose another folder with --out.");
      }
      RunFolder folder = new RunFolder(root, channel);
      folder.removeUnfinished();
      return folder;
    } catch (IOException e) {
      throw FileFault.making(root, e);
    }
  }

  /** Opens and locks a folder that holds nothing, or what a command of this kind has begun. */
  public static RunFolder open(Path root, FolderKind kind) {
    // Before a lock is put into a folder that is not ours, and once nobody else can write to it.
    kind.refuseOthers(root);
    RunFolder folder = open(root);
    try {
      kind.refuseOthers(root);
      return folder;
    } catch (UserError refused) {
      folder.close();
      throw refused;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** A path inside, such as {@code round-1/labels.jsonl}. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** Whether the file or folder is there; then it is whole. */
  public boolean has(String name) {
    return Files.exists(path(name));
  }

  /** Writes a whole file, or leaves what was there. */
  public void write(String name, String text) {
    writeWhole(path(name), text);
  }

  /** Writes a whole UTF-8 file anywhere, with the folders above it, or leaves what was there. */
  public static void writeWhole(Path file, String text) {
    Path target = file.toAbsolutePath();
    Path beside = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      Files.createDirectories(target.getParent());
      try {
        force(beside, text, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw FileFault.writing(file, e);
    }
  }

  /**
   * Adds to the end of a log; a kill may cut the last line. Only for files that are not compared.
   */
  public void append(String name, String text) {
    try {
      // A relative path may have no folder above it.
      Files.createDirectories(path(name).toAbsolutePath().getParent());
      force(path(name), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileFault.writing(path(name), e);
    }
  }

  private static void force(Path file, String text, StandardOpenOption mode) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Reads a whole file. */
  public String read(String name) {
    return read(path(name));
  }

  /** Reads a whole UTF-8 file anywhere; a byte order mark is left out. */
  public static String read(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not UTF-8 text.", "Save it as UTF-8.", e);
    } catch (IOException e) {
      throw fault(file, e);
    }
  }

  /** Removes a file or folder where it is there. */
  public void delete(String name) {
    if (!has(name)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path(name))) {
      for (Path p : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    } catch (IOException e) {
      throw fault(path(name), e);
    }
  }

  private void removeUnfinished() throws IOException {
    List<Path> left;
    try (Stream<Path> inside = Files.walk(root)) {
      left = inside.filter(p -> p.getFileName().toString().endsWith(UNFINISHED)).toList();
    }
    for (Path p : left) {
      delete(root.relativize(p).toString());
    }
  }

  /** What a user can do about a failed read or write. */
  public static UserError fault(Path file, IOException cause) {
    return FileFault.of(file, cause);
  }

  /** Unlocks the folder. */
  @Override
  public void close() {
    try {
      // The lock file stays: removing it could free the folder for two that wait.
      lockChannel.close();
    } catch (IOException e) {
      throw fault(root, e);
    }
  }
}
