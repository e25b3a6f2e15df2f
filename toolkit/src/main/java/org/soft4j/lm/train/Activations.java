package org.soft4j.lm.train;

import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.ModelTensors;
import org.soft4j.lm.files.Norm;
import org.soft4j.lm.files.TensorRole;

/**
 * What is kept between the two passes.
 *
 * @param byHand whether the backward pass is the one of {@link LoraScript}
 * @param perToken bytes kept of a token, all layers together
 */
record Activations(boolean byHand, long perToken) {
  static Activations of(Architecture a, TrainWeights weights, Learned learned) {
    boolean byHand =
        !learned.full()
            && weights.joined()
            && learned.dropout() == 0
            && a.kind().norm().kind() == Norm.Kind.RMS
            && a.kind().feedForward().gated()
            && ModelTensors.layer(a, 0).stream()
                .noneMatch(tensor -> tensor.role() == TensorRole.QUERY_KEY_VALUE);
    long heads = (long) a.heads() * a.headDimension();
    long numbers =
        byHand
            ? 2L * a.hiddenSize() + 2L * a.intermediateSize() + 7 * heads
            : 8L * a.hiddenSize() + 4L * a.intermediateSize() + 8 * heads;
    return new Activations(byHand, 4 * numbers * a.layers());
  }

  /** Bytes kept of a micro-batch, as if its numbers had 32 bits. */
  long bytes(MicroBatch micro) {
    return perToken * micro.cells();
  }
}
