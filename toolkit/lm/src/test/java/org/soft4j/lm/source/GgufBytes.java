package org.soft4j.lm.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufType;

/** Writes GGUF files for tests, sound ones and others. */
public final class GgufBytes {
  private record Tensor(String name, int type, long[] shape, byte[] payload) {}

  private final Map<String, Object> metadata;
  private final List<Tensor> tensors = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public GgufBytes(Map<String, Object> metadata) {
    this.metadata = metadata;
  }

  /** Adds a tensor; its shape is row-major, its type is ggml's number. */
  public void tensor(String name, int type, long[] shape, byte[] payload) {
    tensors.add(new Tensor(name, type, shape, payload));
  }

  public byte[] toBytes() {
    out.writeBytes(TinyModel.utf8("GGUF"));
    int32(3);
    int64(tensors.size());
    int64(metadata.size());
    metadata.forEach(
        (key, value) -> {
          text(key);
          value(value);
        });
    long offset = 0;
    for (Tensor tensor : tensors) {
      text(tensor.name());
      int32(tensor.shape().length);
      for (int i = tensor.shape().length - 1; i >= 0; i--) {
        int64(tensor.shape()[i]);
      }
      int32(tensor.type());
      int64(offset);
      offset += aligned(tensor.payload().length);
    }
    pad();
    for (Tensor tensor : tensors) {
      out.writeBytes(tensor.payload());
      pad();
    }
    return out.toByteArray();
  }

  private void value(Object value) {
    if (value instanceof String text) {
      int32(GgufType.STRING.ordinal());
      text(text);
    } else if (value instanceof Long number) {
      int32(GgufType.UINT32.ordinal());
      int32(number.intValue());
    } else if (value instanceof Double number) {
      int32(GgufType.FLOAT64.ordinal());
      int64(Double.doubleToLongBits(number));
    } else if (value instanceof Boolean flag) {
      int32(GgufType.BOOL.ordinal());
      out.write(flag ? 1 : 0);
    } else if (value instanceof List<?> texts) {
      int32(GgufType.ARRAY.ordinal());
      int32(GgufType.STRING.ordinal());
      int64(texts.size());
      texts.forEach(text -> text((String) text));
    } else if (value instanceof GgufMetadata.Numbers numbers) {
      int32(GgufType.ARRAY.ordinal());
      int32(numbers.type().ordinal());
      int64(numbers.count());
      byte[] bytes = new byte[numbers.bytes().remaining()];
      numbers.bytes().duplicate().get(bytes);
      out.writeBytes(bytes);
    } else {
      throw new IllegalArgumentException("" + value);
    }
  }

  private static long aligned(long length) {
    return (length + 31) / 32 * 32;
  }

  private void pad() {
    out.writeBytes(new byte[(int) (aligned(out.size()) - out.size())]);
  }

  private void text(String text) {
    int64(TinyModel.utf8(text).length);
    out.writeBytes(TinyModel.utf8(text));
  }

  private void int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void int64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
