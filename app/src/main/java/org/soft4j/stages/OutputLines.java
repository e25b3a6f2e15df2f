package org.soft4j.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.soft4j.core.AppendLog;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * A JSON Lines file in the making. Finished lines stand in a part beside it, which becomes the file
 * when the last line is there; until then a second start finds them.
 */
final class OutputLines<T> implements AutoCloseable {
  private static final String PART = ".part";
  // Enough of a digest that two jobs do not share a part by chance.
  private static final int DIGITS = 12;

  private final Path file;
  private final Path part;
  private final ProcessLock lock;
  private final AppendLog log;
  private final List<T> lines;

  private OutputLines(Path file, Path part, ProcessLock lock, AppendLog log, Class<T> type) {
    this.file = file;
    this.part = part;
    this.lock = lock;
    this.log = log;
    String found = String.join("\n", log.found());
    lines = new ArrayList<>(Json.readLines(found, type, part.toString()));
  }

  /** Refuses a file that is there already or cannot be made, before anything is computed for it. */
  static void check(Path file) {
    String remedy = "Name a new file with --output, in a folder that you may write to.";
    if (file.toString().isEmpty()) {
      throw new UserError("--output \"\" names no file.", remedy);
    }
    if (Files.exists(file)) {
      throw new UserError(
          file + (Files.isDirectory(file) ? " is a folder." : " is there already."),
          "Remove it, or name a new file with --output.");
    }
    Path above = file.toAbsolutePath().normalize().getParent();
    while (!Files.exists(above)) {
      above = above.getParent();
    }
    try {
      Files.delete(Files.createTempFile(above, ".soft4j", PART));
    } catch (IOException failure) {
      throw new UserError(
          "%s cannot be written: no file can be made in %s.".formatted(file, above),
          remedy,
          failure);
    }
  }

  /**
   * Opens the part of a file, with the lines that an interrupted start of the same job left.
   *
   * @param job digest of all that the lines depend on
   * @param chunk lines that are computed together; of a chunk that was cut off nothing is kept
   * @param type of the lines
   */
  static <T> OutputLines<T> open(Path file, String job, int chunk, Class<T> type) {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(name(file) + "." + job.substring(0, DIGITS) + PART);
    // The file itself: two jobs of different texts write different parts, and one of them is lost.
    ProcessLock lock = ProcessLock.file(target, "--output");
    try {
      refuseOthers(target, part);
      // What a killed process left behind whole chunks is cut off.
      AppendLog log = AppendLog.open(part);
      return new OutputLines<>(
          file, part, lock, log.keep(log.found().size() / chunk * chunk), type);
    } catch (IOException failure) {
      lock.close();
      throw FileFault.of(part, failure);
    } catch (RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  /** Lines of a job with other texts, settings or weights must not be lost unasked. */
  private static void refuseOthers(Path target, Path part) throws IOException {
    List<Path> others = parts(target).stream().filter(path -> !path.equals(part)).toList();
    if (!others.isEmpty()) {
      throw new UserError(
          "%s holds lines of an interrupted start with other texts, settings, another model or another"
                  .formatted(others.get(0))
              + " version of soft4j.",
          "Go on with that one's words, remove it, or name another file with --output.");
    }
  }

  /** All finished lines, those of an earlier start first. */
  List<T> lines() {
    return List.copyOf(lines);
  }

  /** Where the finished lines stand until the last is there. */
  Path part() {
    return part;
  }

  /** Adds a finished chunk. */
  void add(List<T> chunk) {
    log.add(chunk.stream().map(Json::line).toList());
    lines.addAll(chunk);
  }

  /** The part becomes the file. */
  void finish() {
    try {
      WholeFile.move(part, file.toAbsolutePath());
    } catch (IOException failure) {
      throw FileFault.of(file, failure);
    }
  }

  /** The lines went elsewhere, whole: the part is no use any more. */
  void discard() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException failure) {
      throw FileFault.of(part, failure);
    }
  }

  /** Removes the parts of a file, once what was made of its lines is whole. */
  static void sweep(Path file) {
    Path target = file.toAbsolutePath();
    if (!Files.isDirectory(target.getParent())) {
      return;
    }
    try {
      for (Path part : parts(target)) {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw FileFault.of(file, failure);
    }
  }

  private static List<Path> parts(Path target) throws IOException {
    Pattern form = Pattern.compile(Pattern.quote(name(target)) + "\\.[0-9a-f]{12}\\.part");
    try (Stream<Path> beside = Files.list(target.getParent())) {
      return beside.filter(path -> form.matcher(name(path)).matches()).sorted().toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** A part without lines is no use to anybody. */
  @Override
  public void close() {
    try (lock) {
      if (lines.isEmpty()) {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw FileFault.of(part, failure);
    }
  }
}
