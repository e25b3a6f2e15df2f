package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.soft4j.lm.files.TensorValues;

/**
 * Turns ggml's quantized blocks into 32-bit floats, rounding as the reference does (package gguf,
 * quants.py): every product and sum is a float operation of its own.
 */
final class Dequantizer {
  /** Blocks are copied and decoded some at a time: few calls, and what they touch stays cached. */
  private static final int BLOCKS_AT_ONCE = 128;

  /** Decodes whole blocks from the first bytes of {@code in} to the first floats of {@code out}. */
  interface Decoder {
    void decode(byte[] in, int blocks, float[] out);
  }

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
    FloatBuffer floats = target.asFloatBuffer();
    byte[] in = new byte[Math.min(blocks, BLOCKS_AT_ONCE) * type.blockBytes()];
    float[] out = new float[Math.min(blocks, BLOCKS_AT_ONCE) * type.blockElements()];
    Decoder decoder = decoder(type);
    for (int done = 0; done < blocks; done += BLOCKS_AT_ONCE) {
      int now = Math.min(BLOCKS_AT_ONCE, blocks - done);
      source.get(source.position() + done * type.blockBytes(), in, 0, now * type.blockBytes());
      decoder.decode(in, now, out);
      floats.put(out, 0, now * type.blockElements());
    }
    return target;
  }

  private static Decoder decoder(GgufTensorType type) {
    return switch (type) {
      case Q8_0 -> SmallBlocks::q8;
      case Q4_0 -> SmallBlocks::q4;
      case Q4_1 -> SmallBlocks::q4WithMinimum;
      case Q5_0 -> SmallBlocks::q5;
      case Q5_1 -> SmallBlocks::q5WithMinimum;
      case Q4_K -> SuperBlocks::q4;
      case Q5_K -> SuperBlocks::q5;
      case Q6_K -> SuperBlocks::q6;
      case F32, F16, BF16 -> throw new IllegalArgumentException(type + " is not quantized");
    };
  }

  /** The 16-bit IEEE number that begins at a byte, as a float. */
  static float half(byte[] in, int at) {
    return TensorValues.half((short) (in[at] & 0xff | in[at + 1] << 8));
  }
}
