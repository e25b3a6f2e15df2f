package org.soft4j.lm.files;

import java.nio.ByteBuffer;

/**
 * A tensor as read from a file.
 *
 * @param type of the payload
 * @param shape row-major
 * @param bytes direct, little-endian, position 0, exactly the payload; a view of the mapped file or
 *     a fresh buffer, valid as long as it is referenced
 */
public record StoredTensor(Type type, long[] shape, ByteBuffer bytes) {
  /** Number formats a payload may have after reading; quantized blocks are read as F32. */
  public enum Type {
    /** 32-bit IEEE. */
    F32,
    /** 16-bit IEEE. */
    F16,
    /** The upper half of a 32-bit IEEE number. */
    BF16
  }

  /** The same numbers in another shape of as many elements. */
  public StoredTensor shaped(long... wanted) {
    return new StoredTensor(type, wanted, bytes);
  }

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }
}
