package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;

/** An array of numbers, left in the mapped file. */
public record GgufNumbers(GgufType type, int count, ByteBuffer bytes) {
  /** One of them as Long, Double or Boolean. */
  Object get(int index) {
    return type.read(bytes, index * type.width());
  }
}
