package org.soft4j.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Standard output that remembers why it failed; the writers around it would swallow that. */
final class Screen extends FilterOutputStream {
  // What a reader such as head leaves behind when it has seen enough.
  private static final String CLOSED = "Broken pipe";

  private Optional<IOException> failure = Optional.empty();

  Screen(OutputStream out) {
    super(out);
  }

  /** Why something could not be written; a reader that went away is no reason. */
  synchronized Optional<IOException> failure() {
    return failure.filter(e -> !String.valueOf(e.getMessage()).contains(CLOSED));
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
