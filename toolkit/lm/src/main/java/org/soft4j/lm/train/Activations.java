package org.soft4j.lm.train;

import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.TensorRole;

/**
 * What is kept between the two passes.
 *
 * @param byHand whether the backward pass is the one of {@code lora.py}
 * @param padded whether attention pads every sequence to the longest
 * @param perToken bytes kept of a token, all layers together
 */
record Activations(boolean byHand, boolean padded, long perToken) {
  static Activations of(Architecture a, TrainWeights weights, Learned learned) {
    boolean byHand =
        !learned.full()
            && weights.joined()
            && learned.dropout() == 0
            && a.kind().norm().kind() == Norm.Kind.RMS
            && a.kind().feedForward().gated()
            && a.layerTensors(0).stream()
                .noneMatch(tensor -> tensor.role() == TensorRole.QUERY_KEY_VALUE);
    boolean padded = !byHand || weights.places().get(0).getDevice().isGpu();
    long numbers =
        byHand
            ? 2L * a.hiddenSize() + 2L * a.intermediateSize() + attention(a, padded)
            : 8L * a.hiddenSize() + 4L * a.intermediateSize() + 8 * heads(a);
    return new Activations(byHand, padded, 4 * numbers * a.layers());
  }

  private static long heads(Architecture a) {
    return (long) a.heads() * a.headDimension();
  }

  /** By parts: the heads, the rows that their norms read where they have some, and the result. */
  private static long attention(Architecture a, boolean padded) {
    long read = heads(a) + 2L * a.keyValueHeads() * a.headDimension();
    return padded ? 7 * heads(a) : (a.kind().headNorms() ? 2 : 1) * read + heads(a);
  }

  /** Bytes kept of a micro-batch, as if its numbers had 32 bits. */
  long bytes(MicroBatch micro) {
    return perToken * (padded ? micro.cells() : micro.ids().length);
  }
}
