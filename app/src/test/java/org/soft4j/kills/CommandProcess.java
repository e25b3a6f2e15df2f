package org.soft4j.kills;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.soft4j.core.Sha256;

/** A command in a process of its own, which can be ended as an operating system ends one. */
public final class CommandProcess {
  /** Ctrl-C's signal has this bit among those that a process ignores. */
  private static final long INTERRUPT_BIT = 1L << (2 - 1);

  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djava.awt.headless=true",
          "-Dai.djl.offline=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
  private static final Pattern GO_ON = Pattern.compile("go on with: \\./soft4j (.*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final int LOOK_MILLIS = 8;

  private final Path log;
  private final Process process;

  private CommandProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /** Where the classes of a process come from, and what else its virtual machine is told. */
  private static List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(options);
    // Surefire hides the class path in a jar's manifest, and tells it here.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  /** Starts a command; what it prints goes to the log. */
  public static CommandProcess start(Path log, List<String> words) throws IOException {
    return start(log, words, Map.of(), List.of());
  }

  /**
   * Starts a command.
   *
   * @param log gets what it prints
   * @param words behind {@code ./soft4j}
   * @param environment variables besides this process's
   * @param options of its virtual machine
   */
  public static CommandProcess start(
      Path log, List<String> words, Map<String, String> environment, List<String> options)
      throws IOException {
    List<String> command = java(options);
    command.add("org.soft4j.cli.Main");
    command.addAll(words);
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new CommandProcess(log, builder.start());
  }

  /**
   * Whether a child of this process would not hear of Ctrl-C: shells start what they run in the
   * background that way, and it is inherited.
   */
  static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line ->
                    (Long.parseUnsignedLong(line.substring(7).strip(), 16) & INTERRUPT_BIT) != 0);
  }

  /**
   * Waits until the folder was seen to change so often, or the process has ended. Changes are
   * counted and not seconds, so that a busy machine kills at the same places.
   *
   * @return the changes seen
   */
  public int await(Path folder, int changes) throws IOException, InterruptedException {
    int seen = 0;
    Map<String, Long> before = sizes(folder);
    while (seen < changes && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      Map<String, Long> now = sizes(folder);
      seen += now.equals(before) ? 0 : 1;
      before = now;
    }
    return seen;
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
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

  /** Waits so long at most; answers whether the process has ended. */
  public boolean ended(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** SIGKILL: nothing of the process runs any more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal: INT is what Ctrl-C sends, HUP a terminal that is closed. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
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

  /**
   * The words that it says to go on with, where it says some: in its last line, or just before
   * where its work printed a line while it ended.
   */
  Optional<List<String>> goesOnWith() throws IOException {
    String told = printed().lines().filter(GO_ON.asPredicate()).reduce("", (first, last) -> last);
    Matcher line = GO_ON.matcher(told);
    if (!line.find()) {
      return Optional.empty();
    }
    return Optional.of(
        WORD.matcher(line.group(1))
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toList());
  }

  /** Digest of every file of a folder, but for locks and for what tells of time. */
  public static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(CommandProcess::compared).toList()) {
        String name = folder.relativize(path).toString();
        digests.put(name, Files.isDirectory(path) ? "folder" : digest(path));
      }
    }
    return digests;
  }

  private static boolean compared(Path path) {
    return !path.endsWith("timings.jsonl") && !path.toString().endsWith(".lock");
  }

  private static String digest(Path file) throws IOException {
    // One character a byte.
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    // Replies of an endpoint are kept as they come.
    if (file.endsWith("report.html") || file.endsWith("report.md")) {
      return Sha256.of(text.replaceAll("(?m)^.*Began 20.*$", ""));
    }
    if (file.endsWith("study.html") || file.endsWith("study.md")) {
      return Sha256.of(text.replaceAll("(?s)(## C|<section id=\"c)ost.*?(?=\n## |</section>)", ""));
    }
    return Sha256.of(
        file.endsWith("judge_cache.jsonl") ? text.lines().sorted().toList().toString() : text);
  }
}
