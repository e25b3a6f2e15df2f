package org.soft4j.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;

/**
 * A JSON Lines file in the making. Finished lines stand in a part beside it, which becomes the file
 * when the last line is there; until then a second start finds them.
 */
final class OutputLines implements AutoCloseable {
  private static final String PART = ".part";
  // Enough of a digest that two jobs do not share a part by chance.
  private static final int DIGITS = 12;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final List<ObjectNode> lines;

  private OutputLines(Path file, Path part, FileChannel channel, List<ObjectNode> lines) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.lines = lines;
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
   */
  static OutputLines open(Path file, String job, int chunk) {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(name(file) + "." + job.substring(0, DIGITS) + PART);
    try {
      Files.createDirectories(target.getParent());
      refuseOthers(target, part);
      FileChannel channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      refuseSecond(channel, part);
      return new OutputLines(file, part, channel, kept(part, channel, chunk));
    } catch (IOException failure) {
      throw RunFolder.fault(part, failure);
    }
  }

  /** Lines of a job with other texts, settings or weights must not be lost unasked. */
  private static void refuseOthers(Path target, Path part) throws IOException {
    Pattern form = Pattern.compile(Pattern.quote(name(target)) + "\\.[0-9a-f]{12}\\.part");
    List<Path> others;
    try (Stream<Path> beside = Files.list(target.getParent())) {
      others =
          beside
              .filter(path -> form.matcher(name(path)).matches())
              .filter(path -> !path.equals(part))
              .toList();
    }
    if (!others.isEmpty()) {
      throw new UserError(
          "%s holds lines of an interrupted start with other texts, settings, another model or another"
                  .formatted(others.get(0))
              + " version of soft4j.",
          "Go on with that one's words, remove it, or name another file with --output.");
    }
  }

  private static void refuseSecond(FileChannel channel, Path part) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // The same as another process: told below.
    }
    channel.close();
    throw new UserError(
        "%s is being written by another process.".formatted(part),
        "Wait for it, stop it, or name another file with --output.");
  }

  /** Lines of whole chunks; what a killed process left behind them is cut off. */
  private static List<ObjectNode> kept(Path part, FileChannel channel, int chunk)
      throws IOException {
    String text = Files.readString(part);
    List<String> whole =
        new ArrayList<>(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    whole.subList(whole.size() / chunk * chunk, whole.size()).clear();
    String kept = whole.stream().map(line -> line + "\n").collect(Collectors.joining());
    channel.truncate(kept.getBytes(StandardCharsets.UTF_8).length);
    return new ArrayList<>(Json.readLines(kept, ObjectNode.class, part.toString()));
  }

  /** All finished lines, those of an earlier start first. */
  List<ObjectNode> lines() {
    return List.copyOf(lines);
  }

  /** Where the finished lines stand until the last is there. */
  Path part() {
    return part;
  }

  /** Adds a finished chunk. */
  void add(List<ObjectNode> chunk) {
    String text = chunk.stream().map(line -> line + "\n").collect(Collectors.joining());
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException failure) {
      throw RunFolder.fault(part, failure);
    }
    lines.addAll(chunk);
  }

  /** The part becomes the file. */
  void finish() {
    try {
      Files.move(part, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw RunFolder.fault(file, failure);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** A part without lines is no use to anybody. */
  @Override
  public void close() {
    try {
      channel.close();
      if (lines.isEmpty()) {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw RunFolder.fault(part, failure);
    }
  }
}
