package org.soft4j.evaluation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;
import org.soft4j.lm.device.MachineMemory;

/**
 * What an evaluation took.
 *
 * @param began when the model was about to be opened
 * @param opening seconds for opening the model
 * @param measuring seconds from the first request to the last grade, opening excluded
 * @param peakMib largest resident memory of the process, in mebibytes, where the system tells
 * @param load of the machine over the minute before it began, where the system tells: processes
 *     that want a processor; negative where it does not
 */
public record EvaluationEffort(
    Instant began, double opening, double measuring, OptionalDouble peakMib, double load) {
  /** In words, such as {@code measured in 8.8 s; 3.1 s for opening the model; peak ...}. */
  public String text() {
    String times =
        String.format(
            Locale.ROOT,
            "measured in %.1f s; %.1f s for opening the model before",
            measuring,
            opening);
    return peakMib.isEmpty()
        ? times
        : times + String.format(Locale.ROOT, "; peak memory %,.0f MiB", peakMib.getAsDouble());
  }

  /** Notes it in timings.jsonl: times never stand in files that are compared. */
  void append(RunFolder folder, int items) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", "measuring");
    line.put("began", began.toString());
    line.put("opening_seconds", opening);
    line.put("seconds", measuring);
    line.put("items", items);
    peakMib.ifPresent(mib -> line.put("peak_mib", mib));
    line.put("load", load);
    folder.append("timings.jsonl", Json.line(line));
  }

  /** Measures while it goes on. */
  static final class Clock {
    private final Instant began = Instant.now();
    private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private Instant opened = began;

    /** The model is open now. */
    void opened() {
      opened = Instant.now();
    }

    /** All is measured now. */
    EvaluationEffort stop() {
      return new EvaluationEffort(
          began,
          seconds(began, opened),
          seconds(opened, Instant.now()),
          MachineMemory.peak(),
          load);
    }

    private static double seconds(Instant from, Instant to) {
      return Duration.between(from, to).toMillis() / 1000.0;
    }
  }
}
