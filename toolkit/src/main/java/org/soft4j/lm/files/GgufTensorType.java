package org.soft4j.lm.files;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tensor types that are read, with their numbers and block sizes in ggml. */
enum GgufTensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2);

  private final int number;
  private final int blockElements;
  private final int blockBytes;

  GgufTensorType(int number, int blockElements, int blockBytes) {
    this.number = number;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  static Optional<GgufTensorType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  static String supported() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  int blockElements() {
    return blockElements;
  }

  int blockBytes() {
    return blockBytes;
  }

  boolean quantized() {
    return blockElements > 1;
  }
}
