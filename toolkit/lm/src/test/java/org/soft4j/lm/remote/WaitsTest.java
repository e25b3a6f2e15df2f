package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitsTest {
  @Test
  void ofManyCallsThatWaitOneIsToldNowAndThen() {
    AtomicLong seconds = new AtomicLong();
    List<String> said = new ArrayList<>();
    Waits waits = new Waits(said::add, () -> seconds.get() * 1_000_000_000L);
    for (int call = 1; call <= 4; call++) {
      waits.tell("host:80", 1, 8, "HTTP status 500: \u001b[2Joops", Duration.ofMillis(1600));
    }
    seconds.set(6);
    waits.tell("host:80", 3, 8, "HTTP status 500", Duration.ofSeconds(4));
    assertEquals(
        List.of(
            "host:80: attempt 1 of 8 failed (HTTP status 500:  [2Joops); again in 2 s",
            "host:80: attempt 3 of 8 failed (HTTP status 500); again in 4 s"),
        said);
  }
}
