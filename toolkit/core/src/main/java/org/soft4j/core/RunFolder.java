package org.soft4j.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder whose files are whole or absent. It is locked against a second process as long as this
 * value is open.
 *
 * <p>A file is written beside its place, forced to the disk and moved; what a killed process leaves
 * beside is removed at the next opening.
 */
public final class RunFolder implements AutoCloseable {
  private final Path root;
  private final ProcessLock lock;

  private RunFolder(Path root, ProcessLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Opens and locks a folder, made where absent. */
  public static RunFolder open(Path root) {
    return open(root, "--out", LockWait.NONE);
  }

  /**
   * Opens and locks a folder, made where absent; one in which nothing was written is removed when
   * it is closed.
   *
   * @param option that names another one
   */
  public static RunFolder open(Path root, String option, LockWait wait) {
    return open(root, option, wait, FolderKind.RUN.depth());
  }

  private static RunFolder open(Path root, String option, LockWait wait, int depth) {
    ProcessLock lock = ProcessLock.folder(root, option, wait);
    try {
      if (!lock.again()) {
        sweep(root, depth);
      }
      return new RunFolder(root, lock);
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  /** Opens and locks a folder that holds nothing, or what a command of this kind has begun. */
  public static RunFolder open(Path root, FolderKind kind) {
    return open(root, kind, LockWait.NONE);
  }

  /** Opens a folder of a kind, or waits for another process that writes there. */
  public static RunFolder open(Path root, FolderKind kind, LockWait wait) {
    // Before a lock is put into a folder that is not ours, and once nobody else can write to it.
    kind.refuseOthers(root);
    RunFolder folder = open(root, "--out", wait, kind.depth());
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
    try {
      delete(path(name));
    } catch (IOException e) {
      throw FileFault.of(path(name), e);
    }
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> inside = Files.walk(tree)) {
      for (Path p : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  /**
   * Removes what killed processes left unfinished in a folder that is locked. What cannot be looked
   * at or removed, such as a file that a program of a killed process still writes, stays for the
   * next time.
   */
  private static void sweep(Path root, int depth) {
    List<Path> left = new ArrayList<>();
    try {
      Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), depth, new Unfinished(left));
      for (Path path : left) {
        delete(path);
      }
    } catch (IOException | UncheckedIOException stays) {
      // No use to the command that is about to begin, and no harm.
    }
  }

  /** Finds it by its name. */
  private static final class Unfinished extends SimpleFileVisitor<Path> {
    // As earlier versions named them too.
    private static final Pattern NAME =
        Pattern.compile(
            ".*\\"
                + WholeFile.UNFINISHED
                + "|(adapter|model|checkpoint|.*\\.safetensors)\\.partial");

    private final List<Path> found;

    Unfinished(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
      return note(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
      note(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }

    private boolean note(Path path) {
      return NAME.matcher(String.valueOf(path.getFileName())).matches() && found.add(path);
    }
  }

  /** Unlocks the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
