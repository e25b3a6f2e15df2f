package org.soft4j.soft;

/**
 * What a round's training starts from and learns.
 *
 * @param start {@code previous} (default) continues from the last round's model; restarting from
 *     the base on all labels was much worse in the micro prototype
 * @param labels {@code newest} (default) learns this round's labels; {@code accumulated} those of
 *     all rounds so far
 */
public record RoundSettings(Start start, Labels labels) {
  /** Continue on the newest labels. */
  public static final RoundSettings DEFAULT = new RoundSettings(Start.PREVIOUS, Labels.NEWEST);

  /** What training starts from. */
  public enum Start {
    /** The last round's model; its adapter is frozen and stacked under the new one. */
    PREVIOUS,
    /** The base model. */
    BASE
  }

  /** Which labels are learned. */
  public enum Labels {
    /** This round's. */
    NEWEST,
    /** All rounds' so far. */
    ACCUMULATED
  }
}
