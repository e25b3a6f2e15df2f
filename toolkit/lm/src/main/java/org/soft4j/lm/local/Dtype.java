package org.soft4j.lm.local;

import org.soft4j.core.UserError;

/** Number format the weights are multiplied in. */
public enum Dtype {
  /** 32-bit; the exact choice. */
  FLOAT32("float32", 6),
  /** The upper 16 bits of a 32-bit number; fast where the processor multiplies it. */
  BFLOAT16("bfloat16", 15),
  /**
   * 8-bit integers in the layers' products, 32-bit everywhere else; approximate, for generating and
   * scoring on a processor. Training uses the 32-bit weights.
   */
  INT8("int8", 6);

  private final String text;
  private final int code;

  Dtype(String text, int code) {
    this.text = text;
    this.code = code;
  }

  /** The name people type, such as {@code bfloat16}. */
  public String text() {
    return text;
  }

  /** Bytes of one number of the format the weights are held in. */
  int bytes() {
    return this == BFLOAT16 ? 2 : 4;
  }

  /** TorchScript's number of the format the weights are held in. */
  int code() {
    return code;
  }

  /**
   * Reads a dtype setting.
   *
   * @param text {@code float32}, {@code bfloat16}, {@code int8}, or {@code auto}: bfloat16 on a
   *     GPU, else float32
   * @param onGpu where the model will live
   */
  static Dtype parse(String text, boolean onGpu) {
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
