package org.soft4j.soft;

import org.soft4j.core.Setting;

/** What a round's training starts from and learns. */
public record RoundSettings(
    @Setting(
            "previous continues from the last round's model; restarting from the base on all "
                + "labels was much worse in the micro prototype.")
        Start start,
    @Setting("newest learns this round's labels; accumulated those of all rounds so far.")
        Labels labels) {
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
