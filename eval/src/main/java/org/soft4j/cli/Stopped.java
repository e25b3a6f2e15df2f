package org.soft4j.cli;

import java.util.concurrent.CancellationException;

/** A command that was stopped and knows how it is gone on with; its message says so. */
final class Stopped extends CancellationException {
  private static final long serialVersionUID = 1L;

  Stopped(String howToGoOn, CancellationException cause) {
    super(howToGoOn);
    initCause(cause);
  }
}
