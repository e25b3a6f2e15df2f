package org.soft4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.soft4j.core.LockWait;
import org.soft4j.core.ProcessLock;

/** {@code ./soft4j}, or a process that holds what it would write, beside this one. */
public final class CommandProcess implements AutoCloseable {
  private static final List<String> JVM =
      List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  private final Process process;
  private final Path log;
  private final boolean holds;

  private CommandProcess(Process process, Path log, boolean holds) {
    this.process = process;
    this.log = log;
    this.holds = holds;
  }

  /** Takes every folder and file of its arguments and keeps them until its input ends. */
  public static void main(String[] arguments) throws IOException {
    List<ProcessLock> held = new ArrayList<>();
    for (String place : arguments) {
      String path = place.substring(place.indexOf(':') + 1);
      held.add(
          place.startsWith("file:")
              ? ProcessLock.file(Path.of(path), "--out", LockWait.NONE)
              : ProcessLock.folder(Path.of(path), "--out"));
    }
    System.out.println("held " + held.size());
    System.in.read();
    held.forEach(ProcessLock::close);
  }

  /**
   * Starts a command.
   *
   * @param here where it is typed
   * @param log gets what it prints
   * @param words its arguments
   */
  public static CommandProcess start(
      Path here, Path log, Map<String, String> environment, List<String> words) throws IOException {
    return start("org.soft4j.cli.Main", here, log, environment, words);
  }

  /** Starts a process that holds places such as {@code folder:PATH} and {@code file:PATH}. */
  public static CommandProcess holding(Path log, List<String> places) throws Exception {
    CommandProcess holder =
        start(CommandProcess.class.getName(), Path.of(""), log, Map.of(), places);
    holder.await(() -> holder.said().contains("held " + places.size()));
    return holder;
  }

  private static CommandProcess start(
      String main, Path here, Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    // Surefire hides the class path in a jar's manifest, and tells it here.
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            main));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(here.toAbsolutePath().toFile());
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start(), log, main.equals(CommandProcess.class.getName()));
  }

  /** Waits until something has come about, which must be before the process ends. */
  public void await(BooleanSupplier come) throws InterruptedException {
    while (!come.getAsBoolean()) {
      if (process.waitFor(10, TimeUnit.MILLISECONDS) && !come.getAsBoolean()) {
        throw new AssertionError("ended with " + process.exitValue() + ": " + said());
      }
    }
  }

  /** Its exit code, once it has ended. */
  public int code() throws InterruptedException {
    return process.waitFor();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Sends a signal by name, such as INT. */
  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** All that it has printed so far. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Lets a holder end, and ends anything else. */
  void end() {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // It has ended.
    }
    if (!holds) {
      process.destroyForcibly();
    }
    process.onExit().join();
  }
}
