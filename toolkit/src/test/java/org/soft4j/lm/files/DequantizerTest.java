package org.soft4j.lm.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected floats are those of the Python package gguf (tools/golden/gguf_vectors.py). */
class DequantizerTest {
  @ParameterizedTest
  @EnumSource(
      value = GgufTensorType.class,
      names = {"Q8_0", "Q4_0", "Q4_1", "Q6_K"})
  void blocksBecomeTheFloatsOfTheReferenceBitForBit(GgufTensorType type) throws IOException {
    JsonNode vectors =
        JsonMapper.builder().build().readTree(getClass().getResourceAsStream("quants.json"));
    JsonNode node = vectors.path(type.name());
    byte[] blocks = HexFormat.of().parseHex(node.path("blocks").asText());
    ByteBuffer source = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    byte[] floats = new byte[6 * type.blockElements() * Float.BYTES];
    Dequantizer.run(type, source).get(floats);
    assertEquals(node.path("floats").asText(), HexFormat.of().formatHex(floats));
  }

  @Test
  void halvesAreExact() {
    // IEEE 754 binary16: smallest subnormal 2^-24, largest 65504, one, minus two, infinity.
    assertEquals(0x1p-24f, Dequantizer.half((short) 0x0001));
    assertEquals(65504f, Dequantizer.half((short) 0x7bff));
    assertEquals(1f, Dequantizer.half((short) 0x3c00));
    assertEquals(-2f, Dequantizer.half((short) 0xc000));
    assertEquals(-0f, Dequantizer.half((short) 0x8000));
    assertEquals(Float.POSITIVE_INFINITY, Dequantizer.half((short) 0x7c00));
  }
}
