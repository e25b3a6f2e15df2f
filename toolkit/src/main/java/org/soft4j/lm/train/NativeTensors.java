package org.soft4j.lm.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/** Native tensors from Java numbers. */
final class NativeTensors {
  private NativeTensors() {}

  /** A parameter that gradients are taken for, in memory of the engine's own. */
  static PtNDArray parameter(PtNDManager manager, float[] values, long... shape) {
    PtNDArray parameter = constant(manager, values, shape);
    parameter.setRequiresGradient(true);
    return parameter;
  }

  /** A tensor in memory of the engine's own. */
  static PtNDArray constant(PtNDManager manager, float[] values, long... shape) {
    // A tensor made from an array points into a Java buffer; the duplicate does not.
    try (NDArray view = manager.create(values, new Shape(shape))) {
      return (PtNDArray) view.duplicate();
    }
  }
}
