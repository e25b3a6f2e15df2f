package org.soft4j.cluster;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Spark's own processes on the loopback address: a master, its workers, and their executors. */
final class SparkProcesses implements AutoCloseable {
  private final List<Process> started = new ArrayList<>();
  private final Path folder;
  private final int port = freePort();

  SparkProcesses(Path folder) throws IOException {
    this.folder = folder;
    start(
        Map.of(),
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--webui-port",
        String.valueOf(freePort()));
  }

  /** The folder that Spark takes for its home: only its place is looked for. */
  static void home() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** A worker with one processor, whose executors have this environment too. */
  void worker(Map<String, String> environment) throws IOException {
    start(
        environment,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        String.valueOf(freePort()),
        "--work-dir",
        folder.resolve("work").toString(),
        master());
  }

  private void start(Map<String, String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    File log = folder.resolve("spark-" + started.size() + ".log").toFile();
    started.add(builder.redirectErrorStream(true).redirectOutput(log).start());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Executors of a local cluster: the other Java processes below this one. */
  static List<ProcessHandle> executors() {
    try (Stream<ProcessHandle> below = ProcessHandle.current().descendants()) {
      // Their command lines are longer than the system tells.
      return below.filter(process -> process.info().command().orElse("").endsWith("java")).toList();
    }
  }

  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
