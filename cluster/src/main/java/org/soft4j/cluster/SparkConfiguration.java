package org.soft4j.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.soft4j.core.UserError;
import org.soft4j.settings.ClusterSettings;

/**
 * Spark's settings. What a user sets by system properties, such as {@code
 * -Dspark.executor.memory=4g} in SOFT4J_JAVA_OPTIONS, wins.
 */
final class SparkConfiguration {
  // Read by libtorch, oneDNN, OpenMP and the C library in the executors, as in the driver.
  private static final List<String> PASSED_ON =
      List.of(
          "ATEN_CPU_CAPABILITY",
          "ONEDNN_MAX_CPU_ISA",
          "MKL_ENABLE_INSTRUCTIONS",
          "OMP_WAIT_POLICY",
          "GOMP_SPINCOUNT",
          "MALLOC_ARENA_MAX",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_");
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");
  private static final String LOOPBACK = "127.0.0.1";
  private static final long MEBIBYTE = 1L << 20;

  private SparkConfiguration() {}

  /**
   * The configuration of an application.
   *
   * @param threads of one executor, which computes one task at a time
   * @param nativeBytes an executor needs beside Java's heap
   */
  static SparkConf of(ClusterSettings settings, int threads, long nativeBytes) {
    refuseTooFew(settings.master(), threads);
    refuseUnbound(settings.instructions());
    SparkConf conf = new SparkConf().setMaster(settings.master());
    conf.setIfMissing("spark.app.name", "soft4j");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.log.level", "ERROR");
    conf.setIfMissing("spark.locality.wait", "0s");
    // Gradients of all micro-batches come back at once.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    conf.setIfMissing("spark.executor.cores", String.valueOf(threads));
    conf.setIfMissing("spark.task.cpus", String.valueOf(threads));
    conf.setIfMissing("spark.executor.memoryOverhead", (1024 + 2 * nativeBytes / MEBIBYTE) + "m");
    conf.setIfMissing(
        "spark.executor.extraJavaOptions",
        "-XX:+UseSerialGC -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dai.djl.offline=true");
    if (loopback(settings.master())) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    Map<String, String> environment = System.getenv();
    for (String name : PASSED_ON) {
      if (environment.containsKey(name)) {
        conf.setIfMissing("spark.executorEnv." + name, environment.get(name));
      }
    }
    classPath(conf, settings.sendJars());
    return conf;
  }

  /** The same jars in the same order as here; those of Spark that an executor has elsewhere too. */
  private static void classPath(SparkConf conf, boolean sent) {
    List<Path> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(entry -> Path.of(entry).toAbsolutePath().normalize())
            // Spark has a provider of its own.
            .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("slf4j-simple"))
            .toList();
    if (!sent) {
      conf.setIfMissing(
          "spark.executor.extraClassPath",
          entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      return;
    }
    String home = System.getenv().getOrDefault("SPARK_HOME", "");
    conf.setIfMissing(
        "spark.jars",
        entries.stream()
            .filter(entry -> home.isEmpty() || !entry.startsWith(Path.of(home).toAbsolutePath()))
            .filter(entry -> entry.toString().endsWith(".jar"))
            .map(entry -> entry.toUri().toString())
            .collect(Collectors.joining(",")));
  }

  private static boolean loopback(String master) {
    return master.startsWith("local")
        || master.startsWith("spark://" + LOOPBACK)
        || master.startsWith("spark://localhost");
  }

  /** How many executors a master of its own starts; empty where others decide. */
  static OptionalInt executors(String master) {
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    return cluster.matches()
        ? OptionalInt.of(Integer.parseInt(cluster.group(1)))
        : OptionalInt.empty();
  }

  /** Whether tasks run as threads of this process. */
  static boolean inProcess(String master) {
    return LOCAL.matcher(master).matches();
  }

  /** libtorch reads them when it is loaded; the launcher sets them before. */
  private static void refuseUnbound(String instructions) {
    String bound = System.getenv().getOrDefault("ATEN_CPU_CAPABILITY", "");
    if (!instructions.isEmpty() && !instructions.equals(bound)) {
      throw new UserError(
          "--instructions is %s, and this process was started with ATEN_CPU_CAPABILITY \"%s\"."
              .formatted(instructions, bound),
          "Start it by ./soft4j with the flag, or with ATEN_CPU_CAPABILITY, ONEDNN_MAX_CPU_ISA and"
              + " MKL_ENABLE_INSTRUCTIONS set.");
    }
  }

  /** Spark would wait for ever for an executor that is large enough. */
  private static void refuseTooFew(String master, int threads) {
    int there = Integer.MAX_VALUE;
    Matcher local = LOCAL.matcher(master);
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (local.matches()) {
      String number = local.group(1) == null ? "1" : local.group(1);
      there =
          number.equals("*")
              ? Runtime.getRuntime().availableProcessors()
              : Integer.parseInt(number);
    } else if (cluster.matches()) {
      there = Integer.parseInt(cluster.group(2));
    } else if (master.startsWith("local")) {
      throw new UserError(
          "--cluster %s is no Spark master.".formatted(master),
          "Write local[2] for two threads, or local-cluster[2,1,1024] for two processes of 1024 MiB.");
    }
    if (there < threads) {
      throw new UserError(
          "--cluster %s has %s processors for a task that takes %s."
              .formatted(master, there, threads),
          "Give it more, or give --threads %s.".formatted(there));
    }
  }
}
