package org.soft4j.speed.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.soft4j.core.UserError;

/** The command line in a process of its own, looked at while it works. */
final class Child {
  private static final long LOOK_MILLIS = 100;

  private Child() {}

  /**
   * Runs a command to its end and returns what was seen when each of the asked numbers of units was
   * done; the last sample is the process's last, whatever it had done.
   *
   * @param log where its output goes
   * @param marks numbers of units, ascending
   * @param units says how many are done now
   * @param arguments of soft4j
   */
  static List<Sample> run(Path log, List<Long> marks, LongSupplier units, List<String> arguments) {
    try {
      Process process = start(log, arguments);
      List<Sample> samples = watch(process, marks, units);
      if (process.waitFor() != 0) {
        throw new UserError(
            "%s ended with %s.".formatted(String.join(" ", arguments), process.exitValue()),
            "Its output is in " + log + ".");
      }
      return samples;
    } catch (IOException failure) {
      throw new UserError(
          "The process could not be watched: " + failure.getMessage(),
          "Loads are measured on Linux, from /proc.");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UserError("The load was stopped.", "Begin it again.");
    }
  }

  private static Process start(Path log, List<String> arguments) throws IOException {
    Files.createDirectories(log.getParent());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("soft4j.home"), "soft4j").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static List<Sample> watch(Process process, List<Long> marks, LongSupplier units)
      throws InterruptedException {
    long began = System.nanoTime();
    List<Sample> samples = new ArrayList<>();
    Sample last = null;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      try {
        last = Sample.of(process.pid(), units.getAsLong(), (System.nanoTime() - began) / 1e9);
      } catch (IOException ended) {
        continue; // It ended between the two looks: the last sample stands.
      }
      if (samples.size() < marks.size() && last.units() >= marks.get(samples.size())) {
        samples.add(last);
      }
    }
    if (last != null && samples.size() < marks.size()) {
      samples.add(
          new Sample(
              units.getAsLong(),
              last.seconds(),
              last.processorSeconds(),
              last.residentMib(),
              last.peakMib()));
    }
    return samples;
  }
}
