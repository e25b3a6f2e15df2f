package org.soft4j.lm.remote;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells people that an endpoint is waited for, since nothing else is seen meanwhile. Calls that run
 * side by side fail together; of what they say in a few seconds one line is enough.
 */
final class Waits {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final Consumer<String> say;
  private final LongSupplier nanos;
  private final AtomicLong quietUntil;

  Waits(Consumer<String> say, LongSupplier nanos) {
    this.say = say;
    this.nanos = nanos;
    quietUntil = new AtomicLong(nanos.getAsLong());
  }

  /**
   * An attempt failed, and another follows.
   *
   * @param why it failed, in words that may be the server's
   * @param wait before the next attempt
   */
  void tell(String host, int attempt, int attempts, String why, Duration wait) {
    long now = nanos.getAsLong();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET.toNanos())) {
      long seconds = Math.max(1, Math.round(wait.toMillis() / 1000.0));
      say.accept(
          "%s: attempt %s of %s failed (%s); again in %s s"
              .formatted(host, attempt, attempts, why.replaceAll("\\p{Cntrl}", " "), seconds));
    }
  }
}
