package org.soft4j.lm.family;

/**
 * Which linear layers have a bias.
 *
 * @param queryKeyValue the three projections into attention
 * @param output the projection out of attention
 * @param feedForward all of the feed-forward layer
 */
public record Biases(boolean queryKeyValue, boolean output, boolean feedForward) {
  /** No bias anywhere. */
  public static final Biases NONE = new Biases(false, false, false);
}
