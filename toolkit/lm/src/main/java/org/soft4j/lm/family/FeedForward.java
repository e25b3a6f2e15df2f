package org.soft4j.lm.family;

/** What stands between the linear layers of a feed-forward block. */
public enum FeedForward {
  /** down(silu(gate(x)) * up(x)) (Shazeer 2020). */
  GATED_SILU,
  /** down(gelu(up(x))) with the tanh approximation (GPT-2's gelu_new). */
  GELU;

  /** Whether there is a gate beside the layer that widens. */
  public boolean gated() {
    return this == GATED_SILU;
  }
}
