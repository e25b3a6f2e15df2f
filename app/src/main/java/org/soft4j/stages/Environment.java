package org.soft4j.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.lm.device.GpuDiagnosis;
import org.soft4j.lm.device.GpuFacts;
import org.soft4j.lm.device.GpuProbe;

/** What a bug report should say about the machine; loads no libtorch and names no secret. */
public final class Environment {
  private Environment() {}

  /** Names and values, in the order to print them. */
  public static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("soft4j", version());
    facts.put(
        "java",
        "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")));
    facts.put(
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("java heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    facts.put("memory", memory());
    facts.put("libraries", libraries());
    facts.putAll(gpu(GpuProbe.read()));
    for (String name : new String[] {"SOFT4J_DATA", "SOFT4J_HOME", "OMP_NUM_THREADS"}) {
      String value = System.getenv(name);
      facts.put(name, value == null ? "not set" : value);
    }
    return facts;
  }

  /** What was found of a GPU, and why it is not used. */
  static Map<String, String> gpu(GpuFacts found) {
    GpuDiagnosis diagnosis = GpuDiagnosis.of(found);
    GpuFacts.Natives natives = found.natives();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("libtorch", "%s, from %s".formatted(natives.flavor(), natives.origin()));
    facts.put("gpu driver", found.driver().orElse("none"));
    facts.put("gpu cards", found.cards().isEmpty() ? "none" : String.join("; ", found.cards()));
    facts.put(
        "gpu",
        diagnosis.usable()
            ? diagnosis.finding()
            : "not used: %s. %s".formatted(diagnosis.finding(), diagnosis.remedy()));
    return facts;
  }

  private static String version() {
    String version = Environment.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  private static String libraries() {
    StringBuilder names = new StringBuilder();
    for (String entry :
        System.getProperty("java.class.path", "").split(System.getProperty("path.separator"))) {
      String file = Path.of(entry).getFileName().toString();
      if (file.matches("(pytorch|tokenizers|api-|tablesaw-core|xchart).*\\.jar")) {
        names.append(names.isEmpty() ? "" : ", ").append(file.replaceFirst("\\.jar$", ""));
      }
    }
    return names.isEmpty() ? "unknown" : names.toString();
  }

  private static String memory() {
    Path file = Path.of("/proc/meminfo");
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).get(0).replaceFirst("^MemTotal:\\s*", "")
          : "unknown";
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
