package org.soft4j.speed;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Provenance;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.speed.machine.LimitMeter;
import org.soft4j.speed.machine.ModelShape;
import org.soft4j.speed.machine.PeakMemory;
import picocli.CommandLine.Option;

/** The flags of every program that measures, and how its result is written. */
final class Opening {
  @Option(names = "--work", required = true, paramLabel = "DIR", description = "Folder of inputs.")
  private Path work;

  @Option(names = "--dtype", defaultValue = "float32", paramLabel = "T")
  private String dtype;

  @Option(names = "--threads", defaultValue = "2", paramLabel = "N")
  private int threads;

  Work work() {
    return new Work(work);
  }

  String dtype() {
    return dtype;
  }

  LocalModel open(Path folder) {
    return LocalModel.open(folder, OpenSettings.AUTO.with("cpu", dtype).withThreads(threads));
  }

  /**
   * Writes a figure with this process's time and peak memory so far, then beside them the machine's
   * limits as this process finds them (in that order, since measuring them needs time and memory).
   */
  void write(
      String figure,
      LocalModel model,
      Map<String, Double> values,
      List<Double> series,
      Map<String, String> settings) {
    Map<String, Double> all = new LinkedHashMap<>(values);
    all.put("peak_mib", PeakMemory.mebibytes());
    all.put("process_seconds", processSeconds());
    try (LimitMeter meter = new LimitMeter(threads)) {
      all.putAll(meter.measure(ModelShape.of(model.source().architecture()), dtype).values());
    }
    new Measured("soft4j", figure, dtype, threads, all, series, settings, versions())
        .appendTo(work().results());
    System.out.printf("soft4j %s %s%n", figure, dtype);
    all.forEach((name, value) -> System.out.printf("  %-28s %s%n", name, Page.number(value)));
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = Provenance.versions();
    Engine engine = Engine.getEngine("PyTorch");
    versions.put("libtorch", engine.getVersion());
    versions.put("djl", Engine.getDjlVersion());
    return versions;
  }

  private static double processSeconds() {
    Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.now());
    return Duration.between(start, Instant.now()).toMillis() / 1e3;
  }
}
