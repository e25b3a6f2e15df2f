package org.soft4j.lm.files;

/**
 * A tensor that is going to be written, before its numbers are there.
 *
 * @param type of the payload
 * @param shape row-major
 */
public record TensorPlan(StoredTensor.Type type, long[] shape) {
  /** Bytes of the payload. */
  public long bytes() {
    long product = type == StoredTensor.Type.F32 ? 4 : 2;
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }
}
