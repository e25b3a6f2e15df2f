package org.soft4j.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Path root;
  private final ProcessLock lock;

  private RunFolder(Path root, ProcessLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Opens and locks a folder, made where absent. */
  public static RunFolder open(Path root) {
    try {
      Files.createDirectories(root);
      RunFolder folder =
          new RunFolder(root, ProcessLock.take(root.resolve(LOCK), "The folder " + root, "--out"));
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
    WholeFile.write(path(name), text);
  }

  /** Adds a line to the end of a log. Only for files that are not compared. */
  public void append(String name, String line) {
    AppendLog.open(path(name)).add(line);
  }

  /** Reads a whole file. */
  public String read(String name) {
    return WholeFile.read(path(name));
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
      throw FileFault.of(path(name), e);
    }
  }

  private void removeUnfinished() throws IOException {
    List<Path> left;
    try (Stream<Path> inside = Files.walk(root)) {
      left = inside.filter(p -> p.getFileName().toString().endsWith(WholeFile.UNFINISHED)).toList();
    }
    for (Path p : left) {
      delete(root.relativize(p).toString());
    }
  }

  /** Unlocks the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
