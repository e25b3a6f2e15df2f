package org.soft4j.lab;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;

/**
 * Lets work run on a thread of its own while the caller's thread shows its progress and hears an
 * interrupt.
 *
 * <p>A notebook interrupts the thread of the cell. Were that the working thread, the interrupt
 * would break whatever file it is writing; here it becomes a {@link Cancellation}, which the work
 * obeys at its next safe point. And a page takes output from the thread of the cell alone.
 */
final class BackgroundWork {
  private static final Runnable END = () -> {};

  private final Progress shown;
  private final Consumer<String> notes;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  private BackgroundWork(Labs.Listener listener) {
    shown = listener.progress().get();
    notes = listener.notes();
  }

  /** Work that can be followed and stopped. */
  @FunctionalInterface
  interface Work<T> {
    T run(Progress progress, Consumer<String> notes, Cancellation cancel);
  }

  /**
   * Runs the work to its end.
   *
   * @throws CancellationException once this thread was interrupted and the work has stopped; a
   *     second interrupt does not wait for it
   */
  static <T> T run(Labs.Listener listener, Work<T> work) {
    return new BackgroundWork(listener).run(work);
  }

  private <T> T run(Work<T> work) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                return work.run(this::relayed, this::note, stop::get);
              } finally {
                events.add(END);
              }
            });
    Thread worker = new Thread(task, "soft4j-lab");
    worker.setDaemon(true);
    worker.start();
    show();
    return result(task);
  }

  private void show() {
    for (Runnable event = next(); event != END; event = next()) {
      event.run();
    }
  }

  private Runnable next() {
    while (true) {
      try {
        return events.take();
      } catch (InterruptedException interrupted) {
        if (stop.getAndSet(true)) {
          throw new CancellationException("stopped without waiting for the work to end");
        }
      }
    }
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException ours) {
        throw ours;
      }
      if (failure.getCause() instanceof Error fault) {
        throw fault;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      throw new CancellationException("stopped");
    }
  }

  private void note(String line) {
    events.add(() -> notes.accept(line));
  }

  /** A step for the working thread; the real one lives on the caller's. */
  private Progress.Step relayed(String what, long total, String unit) {
    AtomicReference<Progress.Step> real = new AtomicReference<>();
    events.add(() -> real.set(shown.start(what, total, unit)));
    return new Progress.Step() {
      @Override
      public void advance(long units) {
        events.add(() -> real.get().advance(units));
      }

      @Override
      public void already(long units) {
        events.add(() -> real.get().already(units));
      }

      @Override
      public void close() {
        events.add(() -> real.get().close());
      }
    };
  }
}
