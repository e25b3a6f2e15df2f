package org.soft4j.lm.layer;

import org.soft4j.core.UserError;
import org.soft4j.lm.torch.ScalarType;

/** Number format the weights are multiplied in. */
public enum Dtype {
  /** 32-bit; the exact choice. */
  FLOAT32("float32", ScalarType.FLOAT32),
  /** The upper 16 bits of a 32-bit number; fast where the processor multiplies it. */
  BFLOAT16("bfloat16", ScalarType.BFLOAT16),
  /**
   * 8-bit integers in the layers' products, 32-bit everywhere else; approximate, for generating and
   * scoring on a processor. Training uses the 32-bit weights.
   */
  INT8("int8", ScalarType.FLOAT32);

  private final String text;
  private final ScalarType held;

  Dtype(String text, ScalarType held) {
    this.text = text;
    this.held = held;
  }

  /** The name people type, such as {@code bfloat16}. */
  public String text() {
    return text;
  }

  /** Bytes of one number of the format the weights are held in. */
  public int bytes() {
    return this == BFLOAT16 ? 2 : 4;
  }

  /** The format the weights are held in. */
  ScalarType held() {
    return held;
  }

  /**
   * Reads a dtype setting.
   *
   * @param text {@code float32}, {@code bfloat16}, {@code int8}, or {@code auto}: bfloat16 on a
   *     GPU, else float32
   * @param onGpu where the model will live
   */
  public static Dtype parse(String text, boolean onGpu) {
    return switch (text) {
      case "auto" -> onGpu ? BFLOAT16 : FLOAT32;
      case "float32" -> FLOAT32;
      case "bfloat16" -> BFLOAT16;
      case "int8" -> INT8;
      default ->
          throw new UserError(
              "Unknown dtype \"" + text + "\".",
              "Use float32, bfloat16, int8 or auto, as in --dtype auto.");
    };
  }
}
