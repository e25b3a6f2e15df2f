package org.soft4j.lm.files;

import java.nio.ByteBuffer;

/** An array of numbers, left in the mapped file. */
record GgufNumbers(GgufType type, int count, ByteBuffer bytes) {
  /** One of them as Long, Double or Boolean. */
  Object get(int index) {
    return type.read(bytes, index * type.width());
  }
}
