package org.soft4j.core.download;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A fault that may be gone at the next attempt: a busy server, a broken or silent connection. */
final class Passing extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> asked;

  Passing(String problem) {
    this(problem, Optional.empty(), null);
  }

  Passing(String problem, Optional<Duration> asked, Throwable cause) {
    super(problem, cause);
    this.asked = asked;
  }

  /** How long the server asked to wait. */
  Optional<Duration> asked() {
    return asked;
  }
}
