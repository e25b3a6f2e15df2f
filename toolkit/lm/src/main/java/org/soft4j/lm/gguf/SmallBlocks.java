package org.soft4j.lm.gguf;

import static org.soft4j.lm.gguf.Dequantizer.half;

/**
 * ggml's blocks of 32 elements. In those of 4 and 5 bits, the low halves of 16 bytes are elements 0
 * to 15 and the high halves are elements 16 to 31.
 */
final class SmallBlocks {
  private SmallBlocks() {}

  /** Scale, then 32 signed bytes. */
  static void q8(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 34;
      float scale = half(in, at);
      for (int i = 0; i < 32; i++) {
        out[block * 32 + i] = in[at + 2 + i] * scale;
      }
    }
  }

  /** Scale, then halves of bytes, minus 8. */
  static void q4(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 18;
      float scale = half(in, at);
      for (int i = 0; i < 16; i++) {
        int pair = in[at + 2 + i];
        out[block * 32 + i] = scale * ((pair & 15) - 8);
        out[block * 32 + 16 + i] = scale * ((pair >> 4 & 15) - 8);
      }
    }
  }

  /** Scale and minimum, then halves of bytes, not shifted. */
  static void q4WithMinimum(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 20;
      float scale = half(in, at);
      float minimum = half(in, at + 2);
      for (int i = 0; i < 16; i++) {
        int pair = in[at + 4 + i];
        out[block * 32 + i] = scale * (pair & 15) + minimum;
        out[block * 32 + 16 + i] = scale * (pair >> 4 & 15) + minimum;
      }
    }
  }

  /** Scale, the fifth bits of all elements in element order, then halves of bytes, minus 16. */
  static void q5(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 22;
      float scale = half(in, at);
      int fifth = int32(in, at + 2);
      for (int i = 0; i < 16; i++) {
        int pair = in[at + 6 + i];
        out[block * 32 + i] = scale * ((pair & 15 | fifth >>> i << 4 & 16) - 16);
        out[block * 32 + 16 + i] = scale * ((pair >> 4 & 15 | fifth >>> i + 16 << 4 & 16) - 16);
      }
    }
  }

  /** Scale and minimum, the fifth bits, then halves of bytes, not shifted. */
  static void q5WithMinimum(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 24;
      float scale = half(in, at);
      float minimum = half(in, at + 2);
      int fifth = int32(in, at + 4);
      for (int i = 0; i < 16; i++) {
        int pair = in[at + 8 + i];
        out[block * 32 + i] = scale * (pair & 15 | fifth >>> i << 4 & 16) + minimum;
        out[block * 32 + 16 + i] = scale * (pair >> 4 & 15 | fifth >>> i + 16 << 4 & 16) + minimum;
      }
    }
  }

  private static int int32(byte[] in, int at) {
    return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
  }
}
