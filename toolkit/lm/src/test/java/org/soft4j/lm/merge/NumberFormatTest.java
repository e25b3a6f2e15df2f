package org.soft4j.lm.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soft4j.lm.gguf.Gguf;

/** Expected bits are those of the Python package gguf 0.19.0 (tools/golden/gguf_vectors.py). */
class NumberFormatTest {
  @ParameterizedTest
  @EnumSource(
      value = NumberFormat.class,
      names = {"BF16", "F16", "Q8_0"})
  void numbersAreWrittenAsByTheReferenceBitForBit(NumberFormat format) throws IOException {
    JsonNode vectors =
        JsonMapper.builder().build().readTree(Gguf.class.getResourceAsStream("written.json"));
    byte[] source = HexFormat.of().parseHex(vectors.path("floats").asText());
    float[] values = new float[source.length / Float.BYTES];
    ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    ByteBuffer written =
        ByteBuffer.allocate(format.bytes(values.length)).order(ByteOrder.LITTLE_ENDIAN);
    format.encode(values, written);
    assertEquals(vectors.path(format.name()).asText(), HexFormat.of().formatHex(written.array()));
  }
}
