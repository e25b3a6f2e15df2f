package org.soft4j.track;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/**
 * How much of a run a target has.
 *
 * @param target as it is written behind {@code --track}
 * @param run its name for the run; empty before it has one
 * @param points how many, from the first
 * @param bytes of the file that holds them, where that is ours
 * @param closed whether it knows that the run has ended, and has the pages
 */
record Sent(String target, String run, int points, long bytes, boolean closed) {
  private static final String FILE = "tracking.json";

  static Sent nothing(String target) {
    return new Sent(target, "", 0, 0, false);
  }

  Sent named(String name) {
    return new Sent(target, name, points, bytes, closed);
  }

  Sent with(int more, long size) {
    return new Sent(target, run, more, size, closed);
  }

  Sent closed(boolean now) {
    return new Sent(target, run, points, bytes, now);
  }

  /** Of all targets that a run was sent to; empty where there was none. */
  static List<Sent> read(Path run) {
    Path file = run.resolve(FILE);
    return Files.isRegularFile(file)
        ? List.of(Json.read(WholeFile.read(file), Sent[].class, file.toString()))
        : List.of();
  }

  /** Writes it in place of what was known of its target. */
  void write(Path run) {
    List<Sent> all = new ArrayList<>(read(run));
    all.removeIf(other -> other.target.equals(target));
    all.add(this);
    WholeFile.write(run.resolve(FILE), Json.pretty(all));
  }
}
