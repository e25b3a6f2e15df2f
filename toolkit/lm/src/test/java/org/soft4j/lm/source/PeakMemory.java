package org.soft4j.lm.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that the process ever held, native parts included, where Linux tells. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long BYTES_PER_BYTE = 16;

  /** The collector's and the compiler's own growth is no fault of an input. */
  private static final long BYTES_IN_ANY_CASE = 128 << 20;

  private PeakMemory() {}

  /** Runs native work and throws where one input raised the peak by more than it justifies. */
  static void hold(long size, Runnable work) {
    long before = bytes();
    work.run();
    long grown = bytes() - before;
    if (grown > BYTES_PER_BYTE * size + BYTES_IN_ANY_CASE) {
      throw new AssertionError(grown + " resident bytes more for an input of " + size);
    }
  }

  private static long bytes() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
