package org.soft4j.core;

import java.util.concurrent.CancellationException;

/**
 * Asked often during long calls; once it answers true the call ends with a CancellationException.
 */
@FunctionalInterface
public interface Cancellation {
  /** Never asks to stop. */
  Cancellation NEVER = () -> false;

  /** Whether the caller wishes the work to end. */
  boolean requested();

  /** Ends the calling method if the work is to end. */
  default void check() {
    if (requested()) {
      throw new CancellationException("cancelled");
    }
  }
}
