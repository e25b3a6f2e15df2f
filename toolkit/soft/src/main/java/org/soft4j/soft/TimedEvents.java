package org.soft4j.soft;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;

/** Passes events on and notes how long stages took, in timings.jsonl: never in a compared file. */
final class TimedEvents implements RunEvents {
  private final RunFolder folder;
  private final RunEvents next;
  private Instant begin = Instant.now();
  private long items;

  TimedEvents(RunFolder folder, RunEvents next) {
    this.folder = folder;
    this.next = next;
  }

  @Override
  public void started(String stage, int round, long total, long done) {
    begin = Instant.now();
    items = 0;
    next.started(stage, round, total, done);
  }

  @Override
  public void advanced(String stage, int round, long by) {
    items += by;
    next.advanced(stage, round, by);
  }

  @Override
  public void finished(String stage, int round) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", stage);
    line.put("round", round);
    line.put("began", begin.toString());
    line.put("seconds", Duration.between(begin, Instant.now()).toMillis() / 1000.0);
    line.put("items", items);
    folder.append("timings.jsonl", Json.line(line));
    next.finished(stage, round);
  }

  @Override
  public void note(String line) {
    next.note(line);
  }
}
