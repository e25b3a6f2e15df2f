package org.soft4j.core.download;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubled each time up to a bound, half of it by chance,
 * so that callers who failed together do not come back together; never less than the server asked
 * for.
 *
 * @param first wait after the first attempt
 * @param longest bound on the doubling
 * @param chance draws in [0, 1)
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier chance) {
  /**
   * The wait after so many attempts.
   *
   * @param attempts made so far, 1 or more
   * @param asked what the server asked for
   */
  public Duration after(int attempts, Optional<Duration> asked) {
    double doubled = first.toMillis() * Math.pow(2, attempts - 1);
    double bounded = Math.min(doubled, longest.toMillis());
    Duration own = Duration.ofMillis(Math.round(bounded * (1 + chance.getAsDouble()) / 2));
    return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
  }

  /**
   * Reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date. Empty where it is neither.
   */
  public static Optional<Duration> asked(String retryAfter, Instant now) {
    String text = retryAfter.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
