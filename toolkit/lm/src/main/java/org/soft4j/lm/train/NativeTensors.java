package org.soft4j.lm.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.soft4j.lm.files.StoredTensor;

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

  /**
   * A tensor's numbers as a file holds them, flat; on a processor without a copy, so valid as long
   * as the tensor is.
   *
   * @param scope owner of the copy that a GPU's tensor needs
   */
  static StoredTensor stored(PtNDManager scope, PtNDArray tensor) {
    NDArray here = tensor;
    if (tensor.getDevice().isGpu()) {
      here = tensor.toDevice(Device.cpu(), true);
      here.attach(scope);
    }
    ByteBuffer bytes = here.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    return new StoredTensor(StoredTensor.Type.F32, new long[] {tensor.size()}, bytes);
  }
}
