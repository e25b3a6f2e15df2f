package org.soft4j.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Lines that reach whoever builds. What tests print goes to files of Surefire, but for what they
 * write to the descriptor of standard error itself.
 */
public final class Console {
  private Console() {}

  /** Shows a line. */
  public static void say(String line) {
    // Closing the stream would close the descriptor of the whole process.
    @SuppressWarnings("resource")
    FileOutputStream console = new FileOutputStream(FileDescriptor.err);
    try {
      console.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
