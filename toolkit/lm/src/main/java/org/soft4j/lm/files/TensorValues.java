package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stored tensors from and to Java numbers. */
public final class TensorValues {
  private TensorValues() {}

  /**
   * Stores fp32 values.
   *
   * @param type F32 exact, or BF16 rounded to the nearest (ties to even)
   */
  public static StoredTensor store(float[] values, long[] shape, StoredTensor.Type type) {
    int width = type == StoredTensor.Type.F32 ? 4 : 2;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case F32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort(toBf16(value));
        case F16 -> throw new IllegalArgumentException("F16 is not written");
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

  private static short toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
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
