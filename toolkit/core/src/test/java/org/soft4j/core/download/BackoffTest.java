package org.soft4j.core.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

  @Test
  void waitsDoubleUpToTheBoundAndHalfIsChance() {
    assertEquals("[500, 1000, 2000, 4000, 5000, 5000]", waits(0));
    assertEquals("[750, 1500, 3000, 6000, 7500, 7500]", waits(0.5));
  }

  private static String waits(double chance) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> chance);
    return IntStream.of(1, 2, 3, 4, 5, 60)
        .mapToLong(attempt -> backoff.after(attempt, Optional.empty()).toMillis())
        .boxed()
        .toList()
        .toString();
  }

  @Test
  void theServersWishIsTheLeast() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 0);
    assertEquals(30, backoff.after(1, Optional.of(Duration.ofSeconds(30))).toSeconds());
    assertEquals(500, backoff.after(1, Optional.of(Duration.ZERO)).toMillis());
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertEquals(Optional.of(Duration.ofSeconds(7)), Backoff.asked(" 7 ", NOW));
    assertEquals(
        Optional.of(Duration.ofSeconds(90)), Backoff.asked("Sat, 21 Nov 2026 18:01:30 GMT", NOW));
    assertEquals(Optional.of(Duration.ZERO), Backoff.asked("Sat, 21 Nov 2026 17:00:00 GMT", NOW));
    assertEquals(Optional.empty(), Backoff.asked("soon", NOW));
  }
}
