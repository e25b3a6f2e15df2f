package org.soft4j.lm.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read value by value: it may have 100 MB, and a tree of it
 * would take thirty times as much memory.
 */
final class SafetensorsHeader {
  private static final int MOST_DIMENSIONS = 16;
  private static final Map<String, Integer> BYTES_PER_ELEMENT =
      Map.ofEntries(
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U64", 8),
          Map.entry("U32", 4),
          Map.entry("U16", 2),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1));

  /** One tensor: its type in capitals, shape, and where its payload lies in the data. */
  record Entry(String name, String dtype, long[] shape, long begin, long end) {}

  private final Path file;
  private final JsonParser parser;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Reads the remaining bytes; {@code file} is for messages. */
  static SafetensorsHeader read(ByteBuffer bytes, Path file) {
    try (JsonParser parser = JsonFile.parser(bytes, Long.MAX_VALUE)) {
      SafetensorsHeader header = new SafetensorsHeader(file, parser);
      header.read();
      return header;
    } catch (IOException e) {
      throw JsonFile.unsound(file, e);
    }
  }

  Map<String, Entry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw ModelErrors.damaged(file, "holds no JSON object");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("__metadata__")) {
        texts();
      } else {
        entries.put(name, entry(name));
      }
    }
    if (parser.nextToken() != null) {
      throw ModelErrors.damaged(file, "has something behind its JSON header");
    }
  }

  private void texts() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      if (parser.nextToken().isScalarValue()) {
        metadata.put(key, parser.getText());
      }
      parser.skipChildren();
    }
  }

  private Entry entry(String name) throws IOException {
    String dtype = "";
    long[] shape = {-1};
    long[] offsets = {};
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    for (String key = object ? parser.nextFieldName() : null;
        key != null;
        key = parser.nextFieldName()) {
      parser.nextToken();
      switch (key) {
        case "dtype" -> dtype = parser.getText().toUpperCase(Locale.ROOT);
        case "shape" -> shape = numbers(name);
        case "data_offsets" -> offsets = numbers(name);
        default -> {} // later versions of the format may say more
      }
      parser.skipChildren();
    }
    if (!object) {
      parser.skipChildren();
    }
    return checked(new Entry(name, dtype, shape, 0, 0), offsets);
  }

  private Entry checked(Entry entry, long[] offsets) {
    String name = entry.name();
    Integer width = BYTES_PER_ELEMENT.get(entry.dtype());
    if (width == null) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has unknown type \"" + entry.dtype() + "\"");
    }
    if (entry.shape().length == 1 && entry.shape()[0] < 0) {
      throw ModelErrors.damaged(file, "tensor " + name + " has no shape");
    }
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has data_offsets " + Arrays.toString(offsets));
    }
    if (bytes(width, entry.shape()) != offsets[1] - offsets[0]) {
      throw ModelErrors.damaged(
          file,
          "tensor %s of type %s and shape %s cannot have %s bytes"
              .formatted(
                  name, entry.dtype(), Arrays.toString(entry.shape()), offsets[1] - offsets[0]));
    }
    String shared = entry.dtype().intern();
    return new Entry(name, shared, entry.shape(), offsets[0], offsets[1]);
  }

  /** Bytes of a payload, or -1 where no file could hold it. */
  private static long bytes(long width, long[] shape) {
    try {
      long bytes = width;
      for (long extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
      return bytes;
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private long[] numbers(String name) throws IOException {
    long[] values = new long[MOST_DIMENSIONS];
    int count = 0;
    boolean sound = parser.currentToken() == JsonToken.START_ARRAY;
    while (sound && parser.nextToken() != JsonToken.END_ARRAY) {
      sound = count < MOST_DIMENSIONS && isCount();
      values[sound ? count++ : 0] = sound ? parser.getLongValue() : 0;
    }
    if (!sound) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has a shape or data_offsets that is no list of counts");
    }
    return Arrays.copyOf(values, count);
  }

  private boolean isCount() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && parser.getLongValue() >= 0;
  }
}
