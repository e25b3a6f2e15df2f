package org.soft4j.cluster.executor;

/**
 * What was learned on top of a base model.
 *
 * @param kind how it reaches an executor
 * @param path of the folder of whole weights, which every executor sees; empty otherwise
 * @param digest of the model with it, which every executor must come to as well
 */
public record LearnedState(Kind kind, String path, String digest) {
  /** How something learned reaches an executor. */
  public enum Kind {
    /** Nothing was learned. */
    NONE,
    /** An adapter, sent to the executors. */
    ADAPTER,
    /** Whole weights, in a folder that the executors read. */
    MODEL
  }
}
