package org.soft4j.speed.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process had used when a number of units was done.
 *
 * @param units finished
 * @param seconds since the process began
 * @param processorSeconds of all its threads, user and system time; unlike seconds they say little
 *     of what else the machine does
 * @param residentMib resident memory now, Java heap and native memory together
 * @param peakMib largest resident memory so far
 */
record Sample(
    long units, double seconds, double processorSeconds, double residentMib, double peakMib) {
  /** Ticks in a second of /proc/PID/stat; the value of USER_HZ on every Linux platform of Java. */
  private static final double TICKS = 100;

  /** Reads /proc; fails where the process has ended or the kernel is not Linux. */
  static Sample of(long pid, long units, double seconds) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    // The program's name, in parentheses, may hold spaces: fields are counted behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double processor = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    return new Sample(
        units, seconds, processor, status(pid, "VmRSS:") / 1024.0, status(pid, "VmHWM:") / 1024.0);
  }

  private static long status(long pid, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> new IOException("process " + pid + " has ended"));
    }
  }
}
