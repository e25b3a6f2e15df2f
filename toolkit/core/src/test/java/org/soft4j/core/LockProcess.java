package org.soft4j.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Another process that takes locks and keeps them until it is told to give them up. */
final class LockProcess implements AutoCloseable {
  static final int COUNTS = 60;

  /** What it is to do. */
  enum Words {
    HOLD_FILE,
    HOLD_FOLDER,
    COUNT,
    SCRATCH
  }

  private final Process process;
  private final BufferedReader out;
  private final String said;

  private LockProcess(Process process) throws IOException {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
    said = String.valueOf(out.readLine());
  }

  /** The other process. */
  public static void main(String[] arguments) throws IOException {
    Words words = Words.valueOf(arguments[0]);
    Path path = Path.of(arguments[1]);
    try {
      if (words == Words.COUNT) {
        count(path);
        System.out.println("counted");
        return;
      }
      hold(words, path);
    } catch (UserError refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }

  private static void hold(Words words, Path path) throws IOException {
    if (words == Words.SCRATCH) {
      try (ScratchFolder scratch = ScratchFolder.in(path, "scratch-")) {
        System.out.println(scratch.root());
        System.in.read();
      }
      return;
    }
    boolean file = words == Words.HOLD_FILE;
    try (ProcessLock lock =
        file ? ProcessLock.file(path, "--out") : ProcessLock.folder(path, "--out")) {
      System.out.println(lock.again() ? "again" : "held");
      System.in.read();
    }
  }

  /** Without a pause between attempts, since the moments in question are short. */
  private static void count(Path counter) throws IOException {
    for (int i = 0; i < COUNTS; ) {
      try (ProcessLock lock = ProcessLock.fileNow(counter)) {
        if (!lock.again()) {
          int before = Integer.parseInt(Files.readString(counter));
          Files.writeString(counter, String.valueOf(before + 1));
          i++;
        }
      } catch (UserError held) {
        Thread.onSpinWait();
      }
    }
  }

  /** Starts one and waits for its first word. */
  static LockProcess start(Words words, Path path) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    Stream.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp").forEach(command::add);
    command.add(System.getProperty("java.class.path"));
    Stream.of(LockProcess.class.getName(), words.name(), path.toString()).forEach(command::add);
    return new LockProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void awaitHeld() {
    if (!said.equals("held")) {
      throw new AssertionError(said);
    }
  }

  String said() {
    return said;
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void release() {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // Then it holds nothing.
    }
  }

  @Override
  public void close() {
    release();
    process.onExit().join();
  }
}
