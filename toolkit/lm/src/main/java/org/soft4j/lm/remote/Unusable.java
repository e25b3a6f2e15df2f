package org.soft4j.lm.remote;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;

/** A call that brought nothing usable, though the next one may. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> asked;

  /**
   * A failed call.
   *
   * @param what happened, as the end of a sentence
   * @param asked how long the server asks to wait
   */
  Unusable(String what, Optional<Duration> asked, Throwable cause) {
    super(what, cause);
    this.asked = asked;
  }

  Unusable(String what) {
    this(what, Optional.empty(), null);
  }

  /** Whether no connection came about. */
  boolean unreachable() {
    return getCause() instanceof ConnectException;
  }

  Optional<Duration> asked() {
    return asked;
  }
}
