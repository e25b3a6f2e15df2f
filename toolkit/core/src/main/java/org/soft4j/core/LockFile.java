package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A lock file that this process has locked, or looks at. The one class that opens such files: on
 * POSIX systems closing any channel of a file gives up every lock that the process has on it.
 * {@link ProcessLock} lets one thread at a time in here.
 *
 * <p>The file is removed while it is locked. Whoever opened it before and gets the lock afterwards
 * holds a file that is no longer there; Java cannot ask a channel which file it is of, so the file
 * has a size drawn at random, by which the one at the place and the one that is locked are told
 * apart.
 */
final class LockFile implements AutoCloseable {
  private static final int TEXT_BYTES = 1024;
  private static final long SIZES = 1L << 20;

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** A lock that is somebody else's. */
  static final class HeldException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String holder;

    HeldException(String holder) {
      super(holder);
      this.holder = holder;
    }

    String holder() {
      return holder;
    }
  }

  /** A file system that keeps no locks. */
  static final class NoLocksException extends IOException {
    private static final long serialVersionUID = 1L;

    private NoLocksException(Path file, IOException cause) {
      super(DiskReason.of(file, cause), cause);
    }
  }

  /** Locks a file, made where absent. */
  static LockFile take(Path file) throws IOException, HeldException {
    while (true) {
      LockFile opened = open(file);
      if (opened.lock()) {
        return opened;
      }
    }
  }

  /** Opens a file, made where absent, to lock it. */
  static LockFile open(Path file) throws IOException {
    requireOurs(file);
    return new LockFile(
        file,
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Locks the opened file and says who holds it.
   *
   * @return false where its last holder removed it after it was opened; then it is closed
   */
  boolean lock() throws IOException, HeldException {
    try {
      if (!locked(false)) {
        throw new HeldException(holder());
      }
      if (signed()) {
        return true;
      }
      channel.close();
      return false;
    } catch (IOException | HeldException refused) {
      channel.close();
      throw refused;
    }
  }

  /** Who holds a lock; empty where nobody does. */
  static Optional<String> look(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      LockFile lock = new LockFile(file, channel);
      return lock.locked(true) ? Optional.empty() : Optional.of(lock.holder());
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** What other people put there in its place is neither followed nor written over. */
  private static void requireOurs(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(
          file + " is to be a lock, and a link, a folder or a device is there.",
          "Remove it, or choose another place.");
    }
  }

  private boolean locked(boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (IOException refused) {
      throw new NoLocksException(file, refused);
    }
  }

  /**
   * The text ends the file, whose size is random; what is before it takes no room on the disk.
   *
   * @return whether the file that is signed is the one at the place
   */
  private boolean signed() throws IOException {
    ByteBuffer text = StandardCharsets.UTF_8.encode(LockHolder.here().line() + "\n");
    long at = ThreadLocalRandom.current().nextLong(SIZES);
    try {
      channel.truncate(0);
      while (text.hasRemaining()) {
        at += channel.write(text, at);
      }
      return isAtItsPlace();
    } catch (IOException full) {
      close();
      throw full;
    }
  }

  private String holder() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(TEXT_BYTES);
    channel.read(bytes, Math.max(0, channel.size() - TEXT_BYTES));
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return LockHolder.read(text.substring(text.lastIndexOf('\0') + 1))
        .map(LockHolder::words)
        .orElse("another process");
  }

  private boolean isAtItsPlace() throws IOException {
    try {
      BasicFileAttributes there =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return there.size() == channel.size();
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  /** Removes the file, unless another is there now, and gives the lock up. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (isAtItsPlace()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
