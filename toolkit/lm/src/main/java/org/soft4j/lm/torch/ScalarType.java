package org.soft4j.lm.torch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Number formats by PyTorch's names, with libtorch's numbers (c10/core/ScalarType.h). */
public enum ScalarType {
  /** 8 bits, from 0 to 255. */
  UINT8(0),
  /** 8 bits, from -128 to 127. */
  INT8(1),
  /** 16 bits. */
  INT16(2),
  /** 32 bits. */
  INT32(3),
  /** 64 bits. */
  INT64(4),
  /** IEEE half precision. */
  FLOAT16(5),
  /** IEEE single precision. */
  FLOAT32(6),
  /** IEEE double precision. */
  FLOAT64(7),
  /** True or false, in a byte. */
  BOOL(11),
  /** 8 bits with a scale and a zero point. */
  QINT8(12),
  /** The upper 16 bits of single precision. */
  BFLOAT16(15);

  private final int code;

  ScalarType(int code) {
    this.code = code;
  }

  /** The number TorchScript writes for this format. */
  public int code() {
    return code;
  }

  /** Python's expressions and the numbers that stand for them, such as torch.int64 for 4. */
  static Map<String, Integer> expressions() {
    return Arrays.stream(values())
        .collect(
            Collectors.toMap(
                type -> "torch." + type.name().toLowerCase(Locale.ROOT), ScalarType::code));
  }
}
