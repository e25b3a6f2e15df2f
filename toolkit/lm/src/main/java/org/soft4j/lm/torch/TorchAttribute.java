package org.soft4j.lm.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first value of an attribute of a {@link TorchModule}, as pickled; its type stands in the
 * {@link TorchSource}.
 *
 * @param name as the source uses it after {@code self.}
 * @param pickled first value
 */
public record TorchAttribute(String name, byte[] pickled) {
  private static final byte[] EMPTY_LIST = {']'};

  /** An empty list, which a method of the module fills. */
  public static TorchAttribute list(String name) {
    return new TorchAttribute(name, EMPTY_LIST);
  }

  /** A whole number. */
  public static TorchAttribute of(String name, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
    return new TorchAttribute(name, bytes.put((byte) 'J').putInt(value).array());
  }

  /** A number in double precision. */
  public static TorchAttribute of(String name, double value) {
    return new TorchAttribute(
        name, ByteBuffer.allocate(9).put((byte) 'G').putDouble(value).array());
  }

  /** A truth value. */
  public static TorchAttribute of(String name, boolean value) {
    return new TorchAttribute(name, new byte[] {(byte) (value ? 0x88 : 0x89)});
  }

  /** A text. */
  public static TorchAttribute of(String name, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(5 + utf8.length).order(ByteOrder.LITTLE_ENDIAN);
    return new TorchAttribute(name, bytes.put((byte) 'X').putInt(utf8.length).put(utf8).array());
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(pickled);
  }
}
