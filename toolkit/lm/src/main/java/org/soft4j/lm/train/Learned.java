package org.soft4j.lm.train;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/**
 * What a training changes.
 *
 * @param parameters those of the layers first, equally many in each; where all weights are learned,
 *     those outside the layers follow, the output head last
 * @param inner how many belong to layers
 * @param slots for layer x {@link LinearSlot} the number of its A,B pair in the parameters or -1;
 *     empty where all weights are learned
 * @param scale of every adapter
 * @param dropout probability of dropping a number of an adapter's input
 */
record Learned(
    List<PtNDArray> parameters, int inner, List<Long> slots, double scale, double dropout) {
  Learned {
    parameters = List.copyOf(parameters);
    slots = List.copyOf(slots);
  }

  /** Adapters on frozen weights. */
  static Learned adapters(
      List<PtNDArray> parameters, List<Long> slots, double scale, double dropout) {
    return new Learned(parameters, parameters.size(), slots, scale, dropout);
  }

  /** All weights. */
  static Learned all(List<PtNDArray> parameters, int inner) {
    return new Learned(parameters, inner, List.of(), 1, 0);
  }

  /** Whether all weights are learned. */
  boolean full() {
    return slots.isEmpty();
  }
}
