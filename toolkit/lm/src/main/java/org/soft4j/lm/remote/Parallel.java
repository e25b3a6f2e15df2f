package org.soft4j.lm.remote;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;

/**
 * Runs jobs side by side, a bounded number at a time. When one fails, or the caller wishes to stop,
 * no job begins any more, and those under way may end: what they bring reaches the sink, since it
 * may have been paid for.
 *
 * @param width jobs under way at the same time
 * @param graceMillis that jobs under way have to end once the caller wishes to stop
 */
record Parallel(int width, long graceMillis) {
  private static final long LOOK_MILLIS = 50;
  // Every call has its own bound.
  private static final long FOREVER_MILLIS = 1L << 40;

  /** The result of a job, with its number. */
  record Done<T>(int index, T result) {}

  /** Jobs to be done. */
  @FunctionalInterface
  interface Jobs<T> {
    /** The next one to begin; empty where none may begin before another has ended. */
    Optional<Supplier<Done<T>>> next();
  }

  /** Runs job 0 to count - 1; results reach the sink from the calling thread. */
  <T> void run(int count, IntFunction<T> job, Sink<T> sink, Cancellation cancel) {
    int[] begun = {0};
    run(
        () -> {
          int index = begun[0];
          if (index == count) {
            return Optional.empty();
          }
          begun[0]++;
          return Optional.of(() -> new Done<>(index, job.apply(index)));
        },
        sink,
        cancel);
  }

  /**
   * Runs jobs until none is under way and none may begin; results reach the sink, and jobs are
   * asked for, from the calling thread.
   */
  <T> void run(Jobs<T> jobs, Sink<T> sink, Cancellation cancel) {
    ExecutorService pool = Executors.newFixedThreadPool(width, Parallel::daemon);
    try {
      CompletionService<Done<T>> done = new ExecutorCompletionService<>(pool);
      for (int under = begin(jobs, done, 0); under > 0; under = begin(jobs, done, under)) {
        Future<Done<T>> next = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          under--;
          take(next, sink, done, under);
        }
        if (cancel.requested()) {
          finish(done, under, sink, graceMillis);
          cancel.check();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      pool.shutdownNow();
    }
  }

  /** Begins as many jobs as may be under way; returns how many are. */
  private <T> int begin(Jobs<T> jobs, CompletionService<Done<T>> done, int under) {
    int now = under;
    while (now < width) {
      Optional<Supplier<Done<T>>> job = jobs.next();
      if (job.isEmpty()) {
        return now;
      }
      done.submit(job.get()::get);
      now++;
    }
    return now;
  }

  private static <T> void take(
      Future<Done<T>> next, Sink<T> sink, CompletionService<Done<T>> done, int under)
      throws InterruptedException {
    try {
      sink.accept(next.get().index(), next.get().result());
    } catch (ExecutionException e) {
      finish(done, under, sink, FOREVER_MILLIS);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for the jobs under way; a further failure among them adds nothing to the first. */
  private static <T> void finish(
      CompletionService<Done<T>> done, int under, Sink<T> sink, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (int left = under; left > 0; left--) {
      Future<Done<T>> next = done.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      try {
        sink.accept(next.get().index(), next.get().result());
      } catch (ExecutionException alsoFailed) {
        continue;
      }
    }
  }

  private static Thread daemon(Runnable job) {
    Thread thread = new Thread(job, "endpoint-call");
    thread.setDaemon(true);
    return thread;
  }
}
