package org.soft4j.track;

import java.io.IOException;

/** A place where people look at runs. */
interface Tracker {
  /** How a run stands. */
  enum State {
    RUNNING,
    FINISHED,
    STOPPED,
    FAILED
  }

  /**
   * Sends what the place does not have yet; a call that was broken off, or sent nothing, is made
   * good by the next one.
   *
   * @param sent what it has; each step is written there as soon as it is done
   * @return what it has now
   */
  Sent send(TrackedRun run, Sent sent, State state) throws IOException, InterruptedException;
}
