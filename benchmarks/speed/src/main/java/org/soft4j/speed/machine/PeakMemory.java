package org.soft4j.speed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.soft4j.error.UserError;

/** Largest resident memory of this process, Java heap and native memory together. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /**
   * Mebibytes, from the kernel's VmHWM.
   *
   * @throws UserError where there is no /proc: these measurements are for Linux
   */
  public static double mebibytes() {
    if (!Files.isReadable(STATUS)) {
      throw new UserError(
          "There is no " + STATUS + " here, from which peak memory is read.",
          "Run the measurements on Linux.");
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
