package org.soft4j.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.soft4j.core.Cancellation;

/**
 * Turns Ctrl-C into a wish to stop: the process stays until the command has put down what it holds,
 * so that a run can be resumed.
 */
final class Interrupt implements Cancellation, AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;

  Interrupt(PrintStream err) {
    hook =
        new Thread(
            () -> {
              requested = true;
              err.println();
              err.println("stopping at the next safe point ...");
              await();
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public boolean requested() {
    return requested;
  }

  /** The command has ended, one way or the other. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running: it has just been released.
    }
  }

  private void await() {
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gave up waiting; finished files are whole, the last chunk is lost");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
