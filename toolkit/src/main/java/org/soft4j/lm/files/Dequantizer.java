package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns ggml's quantized blocks into 32-bit floats, rounding as the reference does (package gguf,
 * quants.py): every product and sum is a float operation of its own.
 */
final class Dequantizer {
  private Dequantizer() {}

  /**
   * Dequantizes whole blocks.
   *
   * @param source little-endian blocks
   * @return direct, little-endian floats
   */
  static ByteBuffer run(GgufTensorType type, ByteBuffer source) {
    int blocks = source.remaining() / type.blockBytes();
    int bytes = Math.multiplyExact(blocks, type.blockElements() * Float.BYTES);
    ByteBuffer target = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] block = new float[type.blockElements()];
    for (int b = 0; b < blocks; b++) {
      int at = b * type.blockBytes();
      switch (type) {
        case Q8_0 -> q8(source, at, block);
        case Q4_0 -> q4(source, at, block);
        case Q4_1 -> q4WithMinimum(source, at, block);
        case Q6_K -> q6(source, at, block);
        default -> throw new IllegalArgumentException(type + " is not quantized");
      }
      for (float value : block) {
        target.putFloat(value);
      }
    }
    return target.flip();
  }

  /** Scale, then 32 signed bytes. */
  private static void q8(ByteBuffer source, int at, float[] out) {
    float scale = half(source.getShort(at));
    for (int i = 0; i < 32; i++) {
      out[i] = source.get(at + 2 + i) * scale;
    }
  }

  /** Scale, then 16 bytes: low halves are elements 0 to 15, high halves 16 to 31, minus 8. */
  private static void q4(ByteBuffer source, int at, float[] out) {
    float scale = half(source.getShort(at));
    for (int i = 0; i < 16; i++) {
      int pair = Byte.toUnsignedInt(source.get(at + 2 + i));
      out[i] = scale * ((pair & 15) - 8);
      out[i + 16] = scale * ((pair >> 4) - 8);
    }
  }

  /** Scale and minimum, then 16 bytes as above, not shifted. */
  private static void q4WithMinimum(ByteBuffer source, int at, float[] out) {
    float scale = half(source.getShort(at));
    float minimum = half(source.getShort(at + 2));
    for (int i = 0; i < 16; i++) {
      int pair = Byte.toUnsignedInt(source.get(at + 4 + i));
      out[i] = scale * (pair & 15) + minimum;
      out[i + 16] = scale * (pair >> 4) + minimum;
    }
  }

  /**
   * 128 bytes of low halves, 64 bytes of upper two bits, 16 scales of 16 elements, one scale for
   * all. Eight rows of 32 elements; four rows share the bytes of one half of the block.
   */
  private static void q6(ByteBuffer source, int at, float[] out) {
    float scale = half(source.getShort(at + 208));
    for (int i = 0; i < 256; i++) {
      int half = i / 128;
      int row = i / 32 % 4;
      int low = source.get(at + half * 64 + row % 2 * 32 + i % 32) >> (row / 2 * 4) & 15;
      int high = source.get(at + 128 + half * 32 + i % 32) >> (row * 2) & 3;
      float rowScale = scale * source.get(at + 192 + i / 16);
      out[i] = rowScale * ((low | high << 4) - 32);
    }
  }

  /** A 16-bit IEEE number as a float, exactly. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 31 ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
