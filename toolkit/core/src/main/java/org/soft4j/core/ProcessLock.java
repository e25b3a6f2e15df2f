package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps a second process, and a second opening in this one, away from what one alone may write.
 *
 * <p>The lock is a file of its own, which nothing else opens: on POSIX systems closing any channel
 * of a locked file gives the lock up, so the file that is written may not be the one that is
 * locked. It stays, empty, when the lock is given up, since removing it could let two in at once.
 * Inside stands who holds it, and since when.
 */
public final class ProcessLock implements AutoCloseable {
  private static final int OWNER_BYTES = 200;

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a lock, or refuses.
   *
   * @param file of the lock, made where absent; its folder is there
   * @param what is locked, as the message begins: {@code The folder runs/micro}
   * @param option that names another place, such as {@code --out}
   */
  public static ProcessLock take(Path file, String what, String option) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    String holder;
    try {
      if (channel.tryLock() != null) {
        write(channel);
        return new ProcessLock(file, channel);
      }
      holder = holder(channel);
    } catch (OverlappingFileLockException inThisProcess) {
      holder = "";
    }
    channel.close();
    throw new UserError(
        "%s is in use by another process%s.".formatted(what, holder),
        "Wait for it, stop it, or choose another place with %s.".formatted(option));
  }

  /** The file that is locked for a file that is written. */
  public static Path beside(Path file) {
    Path whole = file.toAbsolutePath();
    return whole.resolveSibling("." + whole.getFileName() + ".lock");
  }

  private static void write(FileChannel channel) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String owner = "process %s since %s".formatted(ProcessHandle.current().pid(), now);
    channel.truncate(0);
    channel.write(StandardCharsets.UTF_8.encode(owner), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(OWNER_BYTES);
    channel.read(bytes, 0);
    String owner = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return owner.matches("process \\d+ since [0-9TZ:-]+") ? " (" + owner + ")" : "";
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }
}
