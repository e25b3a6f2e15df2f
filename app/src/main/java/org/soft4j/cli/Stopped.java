package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.CancellationException;

/** A command that was stopped and has said how it is gone on with. */
final class Stopped extends CancellationException {
  private static final long serialVersionUID = 1L;

  private Stopped(CancellationException cause) {
    super(cause.getMessage());
    initCause(cause);
  }

  /**
   * Says so at once: the process may end as soon as the command's {@link Interrupt} is closed,
   * before anybody has caught this.
   */
  static Stopped told(PrintWriter err, String howToGoOn, CancellationException cause) {
    err.println("stopped; " + howToGoOn);
    err.flush();
    return new Stopped(cause);
  }
}
