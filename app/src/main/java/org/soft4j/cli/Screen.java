package org.soft4j.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Standard output that remembers why it failed; the writers around it would swallow that. */
final class Screen extends FilterOutputStream {
  // Kinds of files, of the bits S_IFMT in their mode.
  private static final int KIND = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;

  private final boolean read;
  private Optional<IOException> failure = Optional.empty();

  /**
   * A screen.
   *
   * @param read whether another program reads it, and may go away
   */
  Screen(OutputStream out, boolean read) {
    super(out);
    this.read = read;
  }

  /** Why something could not be written; a reader that went away, such as head, is no reason. */
  synchronized Optional<IOException> failure() {
    return failure.filter(e -> !read);
  }

  /** Whether standard output goes to another program. */
  static boolean standardIsRead() {
    // Writing fails where it has gone, but the system says so in the language of its user.
    try {
      int mode = (Integer) Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode");
      return (mode & KIND) == PIPE || (mode & KIND) == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void write(int letter) throws IOException {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }
}
