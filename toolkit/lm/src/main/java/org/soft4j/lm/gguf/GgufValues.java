package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Metadata of a GGUF file that is going to be written, in its order. A key is put with the value
 * type that the package gguf 0.19 gives it, since llama.cpp refuses some numbers of other types.
 */
public final class GgufValues {
  /** Key, type and value, as they stand in the file. */
  private final Map<String, ByteBuffer> entries = new LinkedHashMap<>();

  /** All values of a file, byte for byte. */
  public static GgufValues of(Gguf gguf) {
    GgufValues values = new GgufValues();
    GgufReader reader = new GgufReader(gguf.slices());
    reader.int32();
    reader.int32();
    reader.count("the tensors", 24);
    int count = reader.count("the metadata", 13);
    for (int i = 0; i < count; i++) {
      long begin = reader.position();
      String key = reader.text("a metadata key");
      reader.value(key);
      values.entries.put(key, gguf.slices().map(begin, reader.position() - begin));
    }
    return values;
  }

  /** The keys, sorted. */
  public Set<String> keys() {
    return new TreeSet<>(entries.keySet());
  }

  /** Leaves some keys out. */
  public GgufValues without(Predicate<String> keys) {
    entries.keySet().removeIf(keys);
    return this;
  }

  /** Adds a text. */
  public GgufValues text(String key, String value) {
    byte[] letters = utf8(value);
    return put(key, GgufType.STRING, 8 + letters.length, b -> text(b, letters));
  }

  /** Adds a whole number of 32 bits without a sign. */
  public GgufValues count(String key, long value) {
    return put(key, GgufType.UINT32, 4, b -> b.putInt((int) value));
  }

  /** Adds a 32-bit float. */
  public GgufValues number(String key, double value) {
    return put(key, GgufType.FLOAT32, 4, b -> b.putFloat((float) value));
  }

  /** Adds a truth value. */
  public GgufValues flag(String key, boolean value) {
    return put(key, GgufType.BOOL, 1, b -> b.put((byte) (value ? 1 : 0)));
  }

  /** Adds a list of texts. */
  public GgufValues texts(String key, List<String> values) {
    List<byte[]> letters = values.stream().map(GgufValues::utf8).toList();
    int bytes = letters.stream().mapToInt(text -> 8 + text.length).reduce(0, Math::addExact);
    return list(
        key, GgufType.STRING, letters.size(), bytes, b -> letters.forEach(text -> text(b, text)));
  }

  /** Adds a list of whole numbers of 32 bits. */
  public GgufValues wholes(String key, int[] values) {
    int bytes = Math.multiplyExact(Integer.BYTES, values.length);
    return list(
        key, GgufType.INT32, values.length, bytes, b -> IntStream.of(values).forEach(b::putInt));
  }

  /** Adds a list of 32-bit floats. */
  public GgufValues numbers(String key, float[] values) {
    int bytes = Math.multiplyExact(Float.BYTES, values.length);
    return list(
        key,
        GgufType.FLOAT32,
        values.length,
        bytes,
        b -> {
          for (float value : values) {
            b.putFloat(value);
          }
        });
  }

  Collection<ByteBuffer> entries() {
    return entries.values();
  }

  /** Writes a value into a buffer. */
  private interface Value {
    void write(ByteBuffer bytes);
  }

  private GgufValues list(String key, GgufType of, int count, int bytes, Value values) {
    return put(
        key,
        GgufType.ARRAY,
        Math.addExact(12, bytes),
        b -> {
          b.putInt(of.ordinal()).putLong(count);
          values.write(b);
        });
  }

  private GgufValues put(String key, GgufType type, int bytes, Value value) {
    byte[] name = utf8(key);
    ByteBuffer entry =
        ByteBuffer.allocate(Math.addExact(12 + name.length, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    text(entry, name);
    entry.putInt(type.ordinal());
    value.write(entry);
    entries.put(key, entry.flip());
    return this;
  }

  private static void text(ByteBuffer bytes, byte[] letters) {
    bytes.putLong(letters.length).put(letters);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
