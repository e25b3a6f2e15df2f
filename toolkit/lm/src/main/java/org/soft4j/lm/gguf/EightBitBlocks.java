package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import org.soft4j.lm.files.TensorValues;

/**
 * Makes ggml's Q8_0: blocks of 32 numbers as one 16-bit scale and 32 signed bytes. Rounds as the
 * reference does (package gguf 0.19, quants.py, which is ggml's own rule): every step is an
 * operation on floats, and halves are rounded away from zero.
 */
public final class EightBitBlocks {
  /** Numbers of one block. */
  public static final int ELEMENTS = GgufTensorType.Q8_0.blockElements();

  private static final int LARGEST = 127;

  private EightBitBlocks() {}

  /**
   * Quantizes.
   *
   * @param values a whole number of blocks, all finite
   * @param into gets the blocks at its position
   */
  public static void quantize(float[] values, ByteBuffer into) {
    for (int from = 0; from < values.length; from += ELEMENTS) {
      float most = 0;
      for (int i = from; i < from + ELEMENTS; i++) {
        most = Math.max(most, Math.abs(values[i]));
      }
      float scale = most / LARGEST;
      float inverse = scale == 0 ? 0 : 1 / scale;
      into.putShort(TensorValues.toHalf(scale));
      for (int i = from; i < from + ELEMENTS; i++) {
        into.put((byte) rounded(values[i] * inverse));
      }
    }
  }

  /** Turns blocks back, exactly. */
  public static void dequantize(byte[] blocks, float[] into) {
    SmallBlocks.q8(blocks, into.length / ELEMENTS, into);
  }

  private static int rounded(float value) {
    float magnitude = Math.abs(value);
    float whole = (float) Math.floor(magnitude);
    int nearest = (int) (whole + (float) Math.floor(2 * (magnitude - whole)));
    return value < 0 ? -nearest : nearest;
  }
}
