package org.soft4j.lm.merge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.gguf.EightBitBlocks;
import org.soft4j.lm.gguf.GgufTensorType;

/** The format of the numbers that a merged model is written in. */
public enum NumberFormat {
  /** 32-bit IEEE; the only one that keeps every number. */
  F32(StoredTensor.Type.F32, GgufTensorType.F32),
  /** The upper half of a 32-bit number, rounded to the nearest. */
  BF16(StoredTensor.Type.BF16, GgufTensorType.BF16),
  /** 16-bit IEEE, rounded to the nearest; holds numbers up to 65504. */
  F16(StoredTensor.Type.F16, GgufTensorType.F16),
  /** ggml's blocks of 32 signed bytes with one scale; for GGUF files alone. */
  Q8_0(StoredTensor.Type.F32, GgufTensorType.Q8_0);

  private final StoredTensor.Type type;
  private final GgufTensorType ggufType;

  NumberFormat(StoredTensor.Type type, GgufTensorType ggufType) {
    this.type = type;
    this.ggufType = ggufType;
  }

  /** As people type it, such as {@code bf16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that people type.
   *
   * @throws UserError naming those that there are
   */
  public static NumberFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.text().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "Unknown number format \"%s\".".formatted(text),
                    "Use %s, as in --dtype bf16."
                        .formatted(
                            Arrays.stream(values())
                                .map(NumberFormat::text)
                                .collect(Collectors.joining(", ")))));
  }

  /** The format of this name in a file, where numbers of it are written too. */
  static Optional<NumberFormat> stored(String type) {
    return Arrays.stream(values()).filter(f -> f != Q8_0 && f.name().equals(type)).findFirst();
  }

  /** The number format in safetensors files. */
  StoredTensor.Type type() {
    return type;
  }

  GgufTensorType ggufType() {
    return ggufType;
  }

  /** Bytes of so many numbers; of blocks, a whole number of them. */
  int bytes(int count) {
    return count / ggufType.blockElements() * ggufType.blockBytes();
  }

  /** Whether rows of this width can be written. */
  boolean takes(int width) {
    return width % ggufType.blockElements() == 0;
  }

  /** Writes numbers at a little-endian buffer's position. */
  void encode(float[] values, ByteBuffer into) {
    switch (this) {
      case F32 -> {
        into.asFloatBuffer().put(values);
        into.position(into.position() + Float.BYTES * values.length);
      }
      case BF16 -> {
        for (float value : values) {
          into.putShort(TensorValues.toBf16(value));
        }
      }
      case F16 -> {
        for (float value : values) {
          into.putShort(TensorValues.toHalf(value));
        }
      }
      case Q8_0 -> EightBitBlocks.quantize(values, into);
    }
  }

  /** Reads back what was written, from a buffer's position on. */
  void decode(ByteBuffer from, float[] into) {
    switch (this) {
      case F32 -> from.asFloatBuffer().get(into);
      case BF16 -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = Float.intBitsToFloat(from.getShort() << 16);
        }
      }
      case F16 -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = TensorValues.half(from.getShort());
        }
      }
      case Q8_0 -> {
        byte[] blocks = new byte[bytes(into.length)];
        from.get(blocks);
        EightBitBlocks.dequantize(blocks, into);
      }
    }
  }
}
