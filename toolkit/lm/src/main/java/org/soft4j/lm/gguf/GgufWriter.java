package org.soft4j.lm.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.lm.files.TensorPlan;

/**
 * Writes a GGUF file of version 3, little-endian. Tensors are written one after another, and no
 * more than a part of one is in memory.
 */
public final class GgufWriter {
  private static final int MAGIC = 0x46554747;
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  /**
   * A tensor that is going to be written.
   *
   * @param shape row-major; the last extent is a multiple of the type's block
   */
  public record Plan(GgufTensorType type, long[] shape) {
    /** Bytes of the payload. */
    public long bytes() {
      long elements = 1;
      for (long extent : shape) {
        elements = Math.multiplyExact(elements, extent);
      }
      return Math.multiplyExact(elements / type.blockElements(), type.blockBytes());
    }
  }

  private GgufWriter() {}

  /**
   * Writes a file.
   *
   * @param file written over where it is there
   * @param values metadata; {@code general.alignment} is not among them
   * @param tensors by GGUF's names, in the order of the file
   * @param content asked once for each of them, in the same order
   */
  public static void write(
      Path file, GgufValues values, LinkedHashMap<String, Plan> tensors, TensorPlan.Content content)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer begin = buffer(24).putInt(MAGIC).putInt(VERSION);
      all(channel, begin.putLong(tensors.size()).putLong(values.entries().size()).flip());
      for (ByteBuffer entry : values.entries()) {
        all(channel, entry.duplicate());
      }
      places(channel, tensors);
      pad(channel);
      for (Map.Entry<String, Plan> tensor : tensors.entrySet()) {
        long start = channel.position();
        content.write(tensor.getKey(), channel);
        if (channel.position() - start != tensor.getValue().bytes()) {
          throw new IllegalStateException(
              "%s: %s bytes written".formatted(tensor.getKey(), channel.position() - start));
        }
        pad(channel);
      }
      channel.force(true);
    }
  }

  private static void places(FileChannel channel, Map<String, Plan> tensors) throws IOException {
    long offset = 0;
    for (Map.Entry<String, Plan> tensor : tensors.entrySet()) {
      byte[] name = tensor.getKey().getBytes(StandardCharsets.UTF_8);
      long[] shape = tensor.getValue().shape();
      ByteBuffer place = buffer(8 + name.length + 4 + 8 * shape.length + 4 + 8);
      place.putLong(name.length).put(name).putInt(shape.length);
      for (int i = shape.length - 1; i >= 0; i--) {
        place.putLong(shape[i]);
      }
      all(channel, place.putInt(tensor.getValue().type().number()).putLong(offset).flip());
      offset += (tensor.getValue().bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }

  private static void pad(FileChannel channel) throws IOException {
    all(channel, ByteBuffer.allocate(Math.floorMod(-channel.position(), ALIGNMENT)));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void all(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
