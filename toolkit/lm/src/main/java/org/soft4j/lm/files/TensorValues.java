package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stored tensors from and to Java numbers. */
public final class TensorValues {
  private TensorValues() {}

  /**
   * Stores fp32 values.
   *
   * @param type F32 exact, or BF16 or F16 rounded to the nearest (ties to even)
   */
  public static StoredTensor store(float[] values, long[] shape, StoredTensor.Type type) {
    int width = type == StoredTensor.Type.F32 ? 4 : 2;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case F32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort(toBf16(value));
        case F16 -> bytes.putShort(toHalf(value));
      }
    }
    return new StoredTensor(type, shape.clone(), bytes.flip());
  }

  /** Reads the values as fp32, exactly. */
  public static float[] read(StoredTensor tensor) {
    ByteBuffer bytes = tensor.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.type()) {
            case F32 -> bytes.getFloat();
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case F16 -> half(bytes.getShort());
          };
    }
    return values;
  }

  /** The nearest number whose lower 16 bits are zero, ties to even; what is none becomes quiet. */
  public static short toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  /** The nearest 16-bit IEEE number, ties to even; from 65520 on it is infinite. */
  public static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude >= 0x47800000) {
      boolean infinite = magnitude <= 0x7f800000;
      return (short) (sign | (infinite ? 0x7c00 : 0x7e00));
    }
    if (magnitude < 0x38800000) {
      // Below 2^-14 the spacing is 2^-24; adding a half rounds there, as the processor does it.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | Float.floatToRawIntBits(shifted) - 0x3f000000);
    }
    int rounded = magnitude - (112 << 23) + 0xfff + (magnitude >>> 13 & 1);
    return (short) (sign | rounded >>> 13);
  }

  /** A 16-bit IEEE number as a float, exactly. */
  public static float half(short half) {
    int exponent = half >>> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
