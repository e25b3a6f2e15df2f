package org.soft4j.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Writes event files: a folder per run, in it one file that only grows. TensorBoard drops earlier
 * points where steps of a tag begin again, so that a training step counts over all rounds.
 *
 * @param folder that TensorBoard is shown
 * @param clock of the events
 */
record TensorBoard(Path folder, Clock clock) implements Tracker {
  private static final String FILE = "events.out.tfevents.0.soft4j";
  private static final double MILLIS = 1e3;

  @Override
  public Sent send(TrackedRun run, Sent before, State state) throws IOException {
    Sent sent = before.run().isEmpty() ? begun(run, before) : before;
    List<TrackedRun.Point> points = run.points();
    if (points.size() < sent.points()) {
      throw new IOException("the run has fewer values than were written to %s".formatted(folder));
    }
    if (!sent.run().matches("[^/\\\\]+") || sent.run().matches("[.]+")) {
      throw new IOException("tracking.json names a run \"%s\"".formatted(sent.run()));
    }
    EventFile events = new EventFile(clock.millis() / MILLIS);
    if (sent.bytes() == 0) {
      events.version();
      events.text("settings", table(run.parameters()));
    }
    for (TrackedRun.Point point : points.subList(sent.points(), points.size())) {
      events.scalar(point.name(), point.step(), point.value());
    }
    Path file = Files.createDirectories(folder.resolve(sent.run())).resolve(FILE);
    // A folder that was emptied since begins anew.
    if (sent.bytes() > 0 && (Files.notExists(file) || Files.size(file) < sent.bytes())) {
      Files.deleteIfExists(file);
      return send(run, Sent.nothing(sent.target()).named(sent.run()), state);
    }
    long bytes = events.content().length == 0 ? sent.bytes() : events.append(file, sent.bytes());
    Sent now = sent.with(points.size(), bytes).closed(state != State.RUNNING);
    now.write(run.folder());
    return now;
  }

  /** Another run of the same name keeps its folder. */
  private Sent begun(TrackedRun run, Sent sent) throws IOException {
    Files.createDirectories(folder);
    String name = run.name();
    for (int n = 2; Files.exists(folder.resolve(name)); n++) {
      name = run.name() + "-" + n;
    }
    Files.createDirectory(folder.resolve(name));
    Sent named = sent.named(name);
    named.write(run.folder());
    return named;
  }

  private static String table(Map<String, String> parameters) {
    StringBuilder table = new StringBuilder("| setting | value |\n|---|---|\n");
    parameters.forEach(
        (key, value) ->
            table.append("| %s | %s |%n".formatted(plain(key), plain(value)).replace("\r", "")));
    return table.toString();
  }

  /** Without what Markdown or HTML would read. */
  private static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.replaceAll("[\\\\`*_{}\\[\\]<>()#!|~&]", "\\\\$0");
  }
}
