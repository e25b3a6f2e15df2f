package org.soft4j.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.soft4j.core.Sha256;

/** A command in a process of its own, which can be ended as an operating system ends one. */
public final class RunProcess {
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djava.awt.headless=true",
          "-Dai.djl.offline=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
  private static final String SMALL =
      "run micro --rounds 2 --seed 3 --threads 1 --limit 6 --set labelling.chunk=24"
          + " --set labelling.max_new_tokens=12 --set training.epochs=1"
          + " --set training.checkpoint_every=1";

  private final Path folder;
  private final Path log;
  private final Process process;

  private RunProcess(Path folder, Path log, Process process) {
    this.folder = folder;
    this.log = log;
    this.process = process;
  }

  /** Begins a small run in a folder, or goes on with it where one is there. */
  public static RunProcess start(Path folder) throws IOException {
    return start(folder, SMALL);
  }

  /** The same with another command that knows --resume and --out. */
  public static RunProcess start(Path folder, String words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", classPath(), "org.soft4j.cli.Main"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of("--resume", "--out", folder.toString()));
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    Files.createDirectories(folder.getParent());
    File output = log.toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    return new RunProcess(folder, log, process);
  }

  // Surefire hides the class path in a jar's manifest, and tells it here.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * Waits until the folder was seen to change so often, or the process has ended. Changes are
   * counted and not seconds, so that a busy machine kills at the same places.
   *
   * @return the changes seen
   */
  public int await(int changes) throws IOException, InterruptedException {
    int seen = 0;
    Map<String, Long> before = sizes();
    while (seen < changes && !process.waitFor(8, TimeUnit.MILLISECONDS)) {
      Map<String, Long> now = sizes();
      seen += now.equals(before) ? 0 : 1;
      before = now;
    }
    return seen;
  }

  /** Waits until the folder holds a file, or the process has ended. */
  void awaitFile(String name) throws InterruptedException {
    while (!Files.exists(folder.resolve(name)) && !process.waitFor(8, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          sizes.put(path.toString(), path.toFile().length());
        }
      } catch (java.io.UncheckedIOException vanished) {
        return sizes;
      }
    }
    return sizes;
  }

  /** SIGKILL: nothing of the process runs any more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** The exit code, once there is one. */
  public int end() throws InterruptedException {
    return process.waitFor();
  }

  /** What was printed. */
  public String printed() throws IOException {
    return Files.readString(log);
  }

  /** Digest of every file of a folder but timings.jsonl, the one that tells of time. */
  public static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> !p.endsWith("timings.jsonl")).toList()) {
        String name = folder.relativize(path).toString();
        digests.put(name, Files.isDirectory(path) ? "folder" : digest(path));
      }
    }
    return digests;
  }

  private static String digest(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    // One character a byte.
    return Sha256.of(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
