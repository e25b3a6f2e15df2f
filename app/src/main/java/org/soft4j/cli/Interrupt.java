package org.soft4j.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jline.utils.Signals;
import org.soft4j.core.Cancellation;
import org.soft4j.plugin.ProcessEnd;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into a wish to stop. Work that asks puts down what it holds and
 * ends; work that has not asked yet holds nothing, and the process ends at once. Nobody waits long:
 * a second signal ends the process, and so does patience. What a signal's number is, and so the
 * exit code, is POSIX's.
 */
final class Interrupt implements Cancellation {
  private static final int SIGNALLED = 128;
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  // A step of training and a batch of a real model take some seconds on a slow machine.
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  // timeout(1) and some wrappers send one signal to the process and to its group.
  private static final Duration SAME = Duration.ofMillis(400);

  private final PrintStream err;
  private volatile Supplier<String> goOn = () -> "";
  private volatile boolean asked;
  private volatile int signal;
  private volatile boolean ending;
  private long heard;
  private Optional<Part> part = Optional.empty();

  /** Hears no signal: for commands that run inside another program. */
  Interrupt(PrintStream err) {
    this.err = err;
  }

  /** Hears signals from now on, but for those that this process was started to ignore. */
  static Interrupt ofSignals(PrintStream err) {
    Interrupt interrupt = new Interrupt(err);
    SIGNALS.forEach((name, number) -> Signals.register(name, () -> interrupt.hear(number)));
    return interrupt;
  }

  /** Says from now on how the command under way is gone on with. */
  void during(Supplier<String> howToGoOn) {
    goOn = howToGoOn;
  }

  /** A part of a command's work that Ctrl-C ends alone, until it is closed. */
  final class Part implements Cancellation, AutoCloseable {
    private volatile boolean ended;

    @Override
    public boolean requested() {
      return ended || Interrupt.this.requested();
    }

    @Override
    public void close() {
      closed();
    }
  }

  /** Begins a part, such as one answer of a chat. */
  synchronized Part part() {
    Part begun = new Part();
    part = Optional.of(begun);
    return begun;
  }

  private synchronized void closed() {
    part = Optional.empty();
    // What was asked was asked of the part: at the prompt a signal ends the process at once.
    asked = false;
  }

  /** Whether Ctrl-C has ended a part; while that ends, another one is for the whole command. */
  private synchronized boolean endsPart(int number) {
    boolean first = part.isPresent() && !part.get().ended;
    if (number == SIGNALS.get("INT") && first) {
      part.get().ended = true;
      return true;
    }
    return false;
  }

  @Override
  public boolean requested() {
    asked = true;
    return signal != 0;
  }

  /**
   * Comes back, unless a signal is ending this process: a command that waits for another process
   * would else be through as soon as that has ended, and leave with an exit code of its own.
   */
  void settle() {
    while (ending) {
      LockSupport.parkNanos(PATIENCE.toNanos());
    }
  }

  /** What a shell reports for a program that this signal ended; Ctrl-C where there was none. */
  int exitCode() {
    return SIGNALLED + (signal == 0 ? SIGNALS.get("INT") : signal);
  }

  private void hear(int number) {
    if (endsPart(number)) {
      return;
    }
    if (again(number)) {
      return;
    }
    if (!asked) {
      ending = true;
      end("stopped" + goOn.get(), PATIENCE);
    }
    err.printf(
        "%nstopping at the next safe point, within %s s; a second Ctrl-C ends at once ...%n",
        PATIENCE.toSeconds());
    Thread watch = new Thread(this::endLater, "interrupt");
    watch.setDaemon(true);
    watch.start();
  }

  /** Whether this is not the first signal; a real second one does not come back. */
  private synchronized boolean again(int number) {
    long now = System.nanoTime();
    if (signal == 0) {
      heard = now;
      signal = number;
      return false;
    }
    if (now - heard > SAME.toNanos()) {
      endNow();
    }
    return true;
  }

  private void endLater() {
    try {
      Thread.sleep(PATIENCE.toMillis());
      endNow();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is on the disk is whole, as after a kill. */
  private void endNow() {
    end("stopped at once, without the chunk under way" + goOn.get(), AT_ONCE);
  }

  /** Ctrl-C reaches what a command has started; other signals do not. */
  private void end(String last, Duration patience) {
    ProcessEnd.ofChildren(patience);
    ProcessEnd.now(
        exitCode(),
        () -> {
          err.println(last);
          err.flush();
        });
  }
}
