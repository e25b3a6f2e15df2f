package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

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

  /** Writes the payload of one tensor after another, so that no file need fit into the memory. */
  @FunctionalInterface
  public interface Content {
    /** Writes exactly the bytes that were planned for this tensor, little-endian. */
    void write(String name, WritableByteChannel out) throws IOException;
  }
}
