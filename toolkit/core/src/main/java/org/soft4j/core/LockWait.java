package org.soft4j.core;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * How long one waits for what another process holds.
 *
 * @param longest after which one is refused all the same
 * @param say hears now and then of whom one waits for
 */
public record LockWait(Duration longest, Consumer<String> say) {
  /** As good as none: a look from outside, which a reader takes, is over by then. */
  public static final LockWait NONE = new LockWait(Duration.ofMillis(200), line -> {});

  /** For what is written within moments, such as a cache that every command fills. */
  public static final LockWait SHORT = new LockWait(Duration.ofMinutes(2), line -> {});

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** As long as it takes: more years than anybody's process has. */
  public static LockWait endless(Consumer<String> say) {
    return new LockWait(Duration.ofDays(36_500), say);
  }

  /** A wait under way. */
  final class Clock {
    private final long start = System.nanoTime();
    private Duration next = SILENCE;

    /** Pauses, and tells of it; false where the time is up. */
    boolean goesOn(String what, String holder) {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(next) >= 0) {
        String soFar =
            waited.toMinutes() > 0 ? " (%s min so far)".formatted(waited.toMinutes()) : "";
        say.accept("waiting for %s, in use by %s%s ...".formatted(what, holder, soFar));
        next = waited.plus(AGAIN);
      }
      if (waited.compareTo(longest) >= 0) {
        return false;
      }
      pause();
      return true;
    }

    private static void pause() {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new CancellationException("stopped while waiting for a lock");
      }
    }
  }
}
