package org.soft4j.lm.gguf;

import static org.soft4j.lm.gguf.Dequantizer.half;

/** ggml's blocks of 256 elements, whose parts have small scales that one scale multiplies. */
final class SuperBlocks {
  private static final int ELEMENTS = 256;

  private SuperBlocks() {}

  /**
   * Scale and minimum of all, 12 bytes of scales and minima, 128 bytes of halves. Eight rows of 32
   * elements; two rows share 32 bytes.
   */
  static void q4(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 144;
      for (int row = 0; row < 8; row++) {
        float scale = half(in, at) * smallScale(in, at + 4, row);
        float minimum = half(in, at + 2) * smallMinimum(in, at + 4, row);
        int from = at + 16 + row / 2 * 32;
        int to = block * ELEMENTS + row * 32;
        int shift = row % 2 * 4;
        for (int i = 0; i < 32; i++) {
          out[to + i] = scale * (in[from + i] >> shift & 15) - minimum;
        }
      }
    }
  }

  /** As above, with 32 bytes of fifth bits before the halves: bit r belongs to row r. */
  static void q5(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 176;
      for (int row = 0; row < 8; row++) {
        float scale = half(in, at) * smallScale(in, at + 4, row);
        float minimum = half(in, at + 2) * smallMinimum(in, at + 4, row);
        int from = at + 48 + row / 2 * 32;
        int to = block * ELEMENTS + row * 32;
        int shift = row % 2 * 4;
        for (int i = 0; i < 32; i++) {
          int fifth = in[at + 16 + i] >> row & 1;
          out[to + i] = scale * (in[from + i] >> shift & 15 | fifth << 4) - minimum;
        }
      }
    }
  }

  /**
   * 128 bytes of low halves, 64 bytes of upper two bits, 16 signed scales of 16 elements, one scale
   * for all. Eight rows of 32 elements; four rows share the bytes of one half of the block.
   */
  static void q6(byte[] in, int blocks, float[] out) {
    for (int block = 0; block < blocks; block++) {
      int at = block * 210;
      float scale = half(in, at + 208);
      for (int part = 0; part < 16; part++) {
        float partScale = scale * in[at + 192 + part];
        int row = part / 2 % 4;
        int lows = at + part / 8 * 64 + row % 2 * 32 + part % 2 * 16;
        int highs = at + 128 + part / 8 * 32 + part % 2 * 16;
        int to = block * ELEMENTS + part * 16;
        int lowShift = row / 2 * 4;
        int highShift = row * 2;
        for (int i = 0; i < 16; i++) {
          int low = in[lows + i] >> lowShift & 15;
          int high = in[highs + i] >> highShift & 3;
          out[to + i] = partScale * ((low | high << 4) - 32);
        }
      }
    }
  }

  /**
   * Six bits of row r: below 4 the low bits of byte r; else the low half of byte r + 4 with the two
   * top bits of byte r - 4 above it.
   */
  private static int smallScale(byte[] in, int at, int row) {
    return row < 4 ? in[at + row] & 63 : in[at + row + 4] & 15 | (in[at + row - 4] >> 6 & 3) << 4;
  }

  /** As above, from bytes 4 to 7 and the high halves. */
  private static int smallMinimum(byte[] in, int at, int row) {
    return row < 4
        ? in[at + row + 4] & 63
        : in[at + row + 4] >> 4 & 15 | (in[at + row] >> 6 & 3) << 4;
  }
}
