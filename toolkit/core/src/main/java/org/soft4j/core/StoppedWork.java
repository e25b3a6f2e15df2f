package org.soft4j.core;

import java.util.concurrent.CancellationException;

/**
 * Work that ended because its caller wished it to. The message says what of it is kept and where,
 * such as {@code 128 of 2000 prompts are kept in labels}, so that a user sees what a stop has cost.
 */
public final class StoppedWork extends CancellationException {
  private static final long serialVersionUID = 1L;

  /** Work of which this much is kept. */
  public StoppedWork(String kept, CancellationException cause) {
    super(kept);
    initCause(cause);
  }
}
