package org.soft4j.lm.remote;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;

/** A call that brought nothing usable, though the next one may. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> asked;
  private final boolean page;

  /**
   * A failed call.
   *
   * @param what happened, as the end of a sentence
   * @param asked how long the server asks to wait
   */
  Unusable(String what, Optional<Duration> asked, Throwable cause) {
    super(what, cause);
    this.asked = asked;
    page = false;
  }

  /**
   * A call that brought no answer of a model.
   *
   * @param page whether it brought a web page instead
   */
  Unusable(String what, boolean page) {
    super(what);
    this.asked = Optional.empty();
    this.page = page;
  }

  Unusable(String what) {
    this(what, false);
  }

  /** Whether no connection came about. */
  boolean unreachable() {
    return getCause() instanceof ConnectException;
  }

  /** Whether a web page came, as from what is no server of models. */
  boolean page() {
    return page;
  }

  Optional<Duration> asked() {
    return asked;
  }
}
