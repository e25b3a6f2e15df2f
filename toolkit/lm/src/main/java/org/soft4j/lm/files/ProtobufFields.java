package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The fields of one protobuf message, in file order (protobuf.dev, Encoding). Lengths are held
 * against the bytes that are left.
 */
final class ProtobufFields implements Iterator<ProtobufFields.Field> {
  /**
   * One field.
   *
   * @param number that the message's definition gives it
   * @param value of a number or truth value, else 0; 32-bit floats as their bits
   * @param bytes of a text or an inner message, else empty
   */
  record Field(int number, long value, ByteBuffer bytes) {}

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Path file;
  private final ByteBuffer bytes;

  private ProtobufFields(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The fields, read as they are asked for. */
  static Iterable<Field> read(Path file, ByteBuffer bytes) {
    return () -> new ProtobufFields(file, bytes);
  }

  @Override
  public boolean hasNext() {
    return bytes.hasRemaining();
  }

  static String text(Path file, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw ModelErrors.damaged(file, "holds a text that is not UTF-8");
    }
  }

  @Override
  public Field next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long tag = varint();
    int number = (int) (tag >>> 3);
    return switch ((int) tag & 7) {
      case 0 -> new Field(number, varint(), NOTHING);
      case 1 -> new Field(number, fixed(8).getLong(), NOTHING);
      case 2 -> new Field(number, 0, fixed(varint()));
      case 5 -> new Field(number, fixed(4).getInt(), NOTHING);
      default -> throw ModelErrors.damaged(file, "is no protobuf message");
    };
  }

  private ByteBuffer fixed(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw ModelErrors.damaged(file, "ends inside a field of " + length + " bytes");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = fixed(1).get();
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw ModelErrors.damaged(file, "holds a number of more than ten bytes");
  }
}
