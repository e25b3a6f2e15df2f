package org.soft4j.lm.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * An attribute of a {@link TorchModule}: its TorchScript type and its first value, as pickled.
 *
 * @param name as the source uses it after {@code self.}
 * @param type TorchScript type
 * @param pickled first value
 */
public record TorchAttribute(String name, String type, byte[] pickled) {
  /** An empty list of tensors, which a method of the module fills. */
  public static TorchAttribute tensors(String name) {
    return new TorchAttribute(name, "List[Tensor]", new byte[] {']'});
  }

  /** An empty list of integers, which a method of the module fills. */
  public static TorchAttribute integers(String name) {
    return new TorchAttribute(name, "List[int]", new byte[] {']'});
  }

  /** A whole number. */
  public static TorchAttribute of(String name, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(5).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    return new TorchAttribute(name, "int", bytes.put((byte) 'J').putInt(value).array());
  }

  /** A number in double precision. */
  public static TorchAttribute of(String name, double value) {
    return new TorchAttribute(
        name, "float", ByteBuffer.allocate(9).put((byte) 'G').putDouble(value).array());
  }

  /** A truth value. */
  public static TorchAttribute of(String name, boolean value) {
    return new TorchAttribute(name, "bool", new byte[] {(byte) (value ? 0x88 : 0x89)});
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(pickled);
  }
}
