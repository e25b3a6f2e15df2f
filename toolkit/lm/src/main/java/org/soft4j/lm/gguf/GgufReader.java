package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.files.FileSlices;
import org.soft4j.lm.files.ModelErrors;

/**
 * Reads the header's values one after another; every count is held against the bytes that are left,
 * so that a damaged header cannot ask for memory that the file does not justify.
 */
final class GgufReader {
  private final Path file;
  private final ByteBuffer bytes;

  GgufReader(FileSlices slices) {
    this.file = slices.file();
    // Mapping costs no memory; headers end long before 2 GiB.
    this.bytes = slices.map(0, Math.min(slices.size(), Integer.MAX_VALUE));
  }

  long position() {
    return bytes.position();
  }

  int int32() {
    require(4);
    return bytes.getInt();
  }

  /** An unsigned 64-bit count of things that take at least {@code bytesEach} bytes each. */
  int count(String what, int bytesEach) {
    require(8);
    long count = bytes.getLong();
    if (count < 0 || count > bytes.remaining() / bytesEach) {
      throw damaged(
          "claims a length of %s for %s, with %s bytes left"
              .formatted(Long.toUnsignedString(count), what, bytes.remaining()));
    }
    return (int) count;
  }

  /** A tensor's extent or offset, which no file holds above 2^62. */
  long extent(String tensor) {
    require(8);
    long value = bytes.getLong();
    if (value < 0 || value > 1L << 62) {
      throw damaged(
          "tensor " + tensor + " has an extent or offset of " + Long.toUnsignedString(value));
    }
    return value;
  }

  String text(String what) {
    int length = count(what, 1);
    byte[] letters = new byte[length];
    bytes.get(letters);
    String text = new String(letters, StandardCharsets.UTF_8);
    // Bytes that are no UTF-8 become this letter; so does the letter itself.
    if (text.indexOf('\ufffd') >= 0 && !isUtf8(letters)) {
      throw damaged(what + " is not UTF-8");
    }
    return text;
  }

  private static boolean isUtf8(byte[] letters) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(letters));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** One metadata value: Long, Double, Boolean, String, a List of String, or Numbers. */
  Object value(String key) {
    return value(key, int32());
  }

  private Object value(String key, int type) {
    return switch (GgufType.of(type)) {
      case STRING -> text(key);
      case ARRAY -> array(key);
      case UNKNOWN -> throw damaged(key + " has unknown value type " + type);
      default -> scalar(GgufType.of(type));
    };
  }

  private Object scalar(GgufType type) {
    require(type.width());
    Object value = type.read(bytes, bytes.position());
    bytes.position(bytes.position() + type.width());
    return value;
  }

  private Object array(String key) {
    GgufType type = GgufType.of(int32());
    if (type == GgufType.STRING) {
      int count = count(key, 8);
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        texts.add(text(key));
      }
      return texts;
    }
    if (type == GgufType.ARRAY || type == GgufType.UNKNOWN) {
      throw damaged(key + " is an array of something unknown");
    }
    int count = count(key, type.width());
    ByteBuffer part = bytes.slice(bytes.position(), count * type.width());
    bytes.position(bytes.position() + count * type.width());
    return new GgufMetadata.Numbers(type, count, part.order(ByteOrder.LITTLE_ENDIAN));
  }

  private void require(int count) {
    if (bytes.remaining() < count) {
      throw damaged("ends inside its header, at byte " + bytes.limit());
    }
  }

  private RuntimeException damaged(String detail) {
    return ModelErrors.damaged(file, detail);
  }
}
