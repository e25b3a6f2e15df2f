package org.soft4j.lm.outside;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FileFault;
import org.soft4j.core.UserError;

/** A trainer at work: its output is shown and kept, and it ends with whoever began it. */
final class TrainerProcess {
  private static final long LOOK_MILLIS = 100;
  // Within the patience of a stopped command.
  private static final long GRACE_MILLIS = 8_000;
  // A signal to a terminal's whole group may end the trainer before this process has heard of it.
  private static final long SAME_SIGNAL_MILLIS = 1_000;
  private static final int LONGEST_LINE = 4_000;
  private static final long LONGEST_LOG = 64L << 20;
  private static final int LAST_LINES = 8;

  private final List<String> words;
  private final Path log;
  private final Consumer<String> say;
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final Deque<String> last = new ArrayDeque<>();

  TrainerProcess(List<String> words, Path log, Consumer<String> say) {
    this.words = words;
    this.log = log;
    this.say = say;
  }

  /**
   * Runs it to its end.
   *
   * @throws UserError if it cannot be started, or ends with another code than 0
   * @throws CancellationException if asked to end; it and all it has started are gone then
   */
  void run(Cancellation cancel) {
    Process process = start();
    Thread hook = new Thread(() -> end(process), "end-trainer");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread reader = new Thread(() -> read(process), "trainer-output");
    reader.setDaemon(true);
    reader.start();
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        tell();
        cancel.check();
      }
      reader.join(GRACE_MILLIS); // what it has started may hold its output open
      tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      end(process);
      unhook(hook);
    }
    if (process.exitValue() != 0) {
      throw failed(process.exitValue(), cancel);
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      throw new CancellationException("stopped while the trainer was at work");
    }
  }

  private Process start() {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UserError(
          "The trainer cannot be started: " + e.getMessage() + ".",
          "Check training.command: its first word is a program; one that is a shell's own needs"
              + " sh -c '…'.",
          e);
    }
  }

  /** Lines end as terminals end them: a progress bar's carriage return begins another. */
  private void read(Process process) {
    try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        BufferedWriter out =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      StringBuilder line = new StringBuilder();
      long written = 0;
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n' && c != '\r') {
          line.append(line.length() < LONGEST_LINE ? String.valueOf((char) c) : "");
          continue;
        }
        written = keep(line, out, written);
      }
      keep(line, out, written);
    } catch (IOException gone) {
      heard.add("(its output ended: " + gone.getMessage() + ")");
    }
  }

  private long keep(StringBuilder line, BufferedWriter out, long written) throws IOException {
    String text = line.toString().stripTrailing();
    line.setLength(0);
    if (text.isEmpty()) {
      return written;
    }
    heard.add(text);
    if (written + text.length() < LONGEST_LOG) {
      out.write(text);
      out.newLine();
      out.flush();
    }
    return written + text.length();
  }

  private void tell() {
    for (String line = heard.poll(); line != null; line = heard.poll()) {
      if (last.size() == LAST_LINES) {
        last.removeFirst();
      }
      last.addLast(line);
      say.accept(line);
    }
  }

  private RuntimeException failed(int code, Cancellation cancel) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SAME_SIGNAL_MILLIS);
    try {
      while (!cancel.requested() && System.nanoTime() < until) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CancellationException("interrupted");
    }
    if (cancel.requested()) {
      return new CancellationException("cancelled");
    }
    return new UserError(
        "The trainer ended with code %s. %s"
            .formatted(
                code,
                last.isEmpty()
                    ? "It printed nothing."
                    : "Its last lines: " + String.join(" / ", last)),
        "%s has all it printed; the command was: %s".formatted(log, String.join(" ", words)));
  }

  /** Asks a process and all that it has started to end, and ends what does not. */
  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
      try {
        Thread.sleep(LOOK_MILLIS / 2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }

  /** Makes room for the log. */
  static void prepare(Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileFault.of(log, e);
    }
  }
}
