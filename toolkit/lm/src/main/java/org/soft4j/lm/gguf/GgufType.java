package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;

/** Types of metadata values, numbered as in the GGUF specification. */
public enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8),
  UNKNOWN(0);

  private final int width;

  GgufType(int width) {
    this.width = width;
  }

  /** The type with this number, or UNKNOWN. */
  static GgufType of(int number) {
    return number >= 0 && number < UNKNOWN.ordinal() ? values()[number] : UNKNOWN;
  }

  /** Bytes of one number; 0 for texts and arrays. */
  public int width() {
    return width;
  }

  /** One number or truth value as Long, Double or Boolean. */
  Object read(ByteBuffer bytes, int at) {
    return switch (this) {
      case UINT8 -> (long) Byte.toUnsignedInt(bytes.get(at));
      case INT8 -> (long) bytes.get(at);
      case UINT16 -> (long) Short.toUnsignedInt(bytes.getShort(at));
      case INT16 -> (long) bytes.getShort(at);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
      case INT32 -> (long) bytes.getInt(at);
      case FLOAT32 -> (double) bytes.getFloat(at);
      case BOOL -> bytes.get(at) != 0;
      case UINT64, INT64 -> bytes.getLong(at);
      case FLOAT64 -> bytes.getDouble(at);
      default -> throw new IllegalArgumentException(this + " is no number");
    };
  }
}
