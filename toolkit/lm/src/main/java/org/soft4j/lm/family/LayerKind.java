package org.soft4j.lm.family;

/**
 * What the layers of a model compute, beyond their sizes.
 *
 * @param norm before attention, before the feed-forward block and at the end
 * @param positions how a token's place enters
 * @param headNorms whether each head's query and key are normalised before they are turned
 * @param biases which linear layers have one
 * @param feedForward activation of the feed-forward block
 * @param window how far back attention looks
 */
public record LayerKind(
    Norm norm,
    Positions positions,
    boolean headNorms,
    Biases biases,
    FeedForward feedForward,
    SlidingWindow window) {
  /** The plain Llama layer: RMSNorm, rotary positions, gated SiLU, no bias, no window. */
  public static LayerKind llama(double epsilon, double theta) {
    return new LayerKind(
        Norm.rms(epsilon),
        new Positions.Rotary(theta, new RopeScaling.None()),
        false,
        Biases.NONE,
        FeedForward.GATED_SILU,
        SlidingWindow.NONE);
  }

  /** The same with each head's query and key normalised. */
  LayerKind withHeadNorms() {
    return new LayerKind(norm, positions, true, biases, feedForward, window);
  }

  /** GPT-2's layer: LayerNorm, learned positions, GELU, biases everywhere. */
  public static LayerKind gpt2(double epsilon) {
    return new LayerKind(
        Norm.layer(epsilon),
        new Positions.Learned(),
        false,
        new Biases(true, true, true),
        FeedForward.GELU,
        SlidingWindow.NONE);
  }

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
}
