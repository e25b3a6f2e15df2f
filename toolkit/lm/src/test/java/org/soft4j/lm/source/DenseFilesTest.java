package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.gguf.Gguf;

/**
 * Files of some megabytes that hold as many values a byte as their format allows: memory stays
 * within the bounds that the fuzzer holds small files to.
 */
class DenseFilesTest {
  private static final int BYTES = 4 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {"{},", "[],", "[[]],", "0,", "77,", "1e9,", "\"\",", "{\"\":0},", "null,"})
  void jsonOfManySmallValuesIsRefused(String value) {
    String text = "{\"x\":[" + value.repeat(BYTES / value.length()) + "0]}";
    byte[] bytes = TinyModel.utf8(text);
    assertFalse(
        ParserBounds.hold(
            bytes.length, () -> JsonFile.parse(ByteBuffer.wrap(bytes), Path.of("config.json"))));
  }

  @Test
  void jsonOfManyShortKeysIsRefused() {
    StringBuilder text = new StringBuilder("{\"\":0");
    for (int i = 0; text.length() < BYTES; i++) {
      text.append(",\"").append(Integer.toString(i, 36)).append("\":{}");
    }
    byte[] bytes = TinyModel.utf8(text.append('}').toString());
    assertFalse(
        ParserBounds.hold(
            bytes.length, () -> JsonFile.parse(ByteBuffer.wrap(bytes), Path.of("config.json"))));
  }

  @Test
  void safetensorsOfManyEmptyTensors() {
    StringBuilder text = new StringBuilder("{\"__metadata__\":{}");
    for (int i = 0; text.length() < BYTES; i++) {
      text.append(",\"")
          .append(Integer.toString(i, 36))
          .append("\":{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    byte[] header = TinyModel.utf8(text.append('}').toString());
    ByteBuffer file = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    assertTrue(
        ParserBounds.hold(
            file.capacity(),
            () -> Safetensors.open(new BytesInMemory("dense.safetensors", file.array()))));
  }

  @Test
  void ggufOfManyEmptyTexts() {
    assertSound(new GgufBytes(Map.of("x", Collections.nCopies(BYTES / 8, ""))));
  }

  @Test
  void ggufOfManyShortTexts() {
    assertSound(new GgufBytes(Map.of("x", Collections.nCopies(BYTES / 9, "a"))));
  }

  @Test
  void ggufOfManyValues() {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < BYTES / 16; i++) {
      values.put(Integer.toString(i, 36), i % 2 == 0);
    }
    assertSound(new GgufBytes(values));
  }

  @Test
  void ggufOfManyEmptyTensors() {
    GgufBytes file = new GgufBytes(Map.of("list", List.of("a")));
    for (int i = 0; i < BYTES / 36; i++) {
      file.tensor(Integer.toString(i, 36), 0, new long[] {0}, new byte[0]);
    }
    assertSound(file);
  }

  private static void assertSound(GgufBytes file) {
    byte[] bytes = file.toBytes();
    assertTrue(
        ParserBounds.hold(bytes.length, () -> Gguf.open(new BytesInMemory("dense.gguf", bytes))));
  }
}
