package org.soft4j.lm.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soft4j.lm.files.TensorValues;

/** Expected floats are those of the Python package gguf (tools/golden/gguf_vectors.py). */
class DequantizerTest {
  @ParameterizedTest
  @EnumSource(
      value = GgufTensorType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"F32", "F16", "BF16"})
  void blocksBecomeTheFloatsOfTheReferenceBitForBit(GgufTensorType type) throws IOException {
    JsonNode node = vectors().path(type.name());
    byte[] expected = HexFormat.of().parseHex(node.path("floats").asText());
    FloatBuffer wanted = floats(ByteBuffer.wrap(expected));
    FloatBuffer seen = run(type, HexFormat.of().parseHex(node.path("blocks").asText()));
    assertEquals(9 * type.blockElements(), seen.remaining());
    for (int i = 0; i < seen.remaining(); i++) {
      // What makes no number has any of IEEE's many spellings of it: one is as good as another.
      assertEquals(
          Float.floatToIntBits(wanted.get(i)), Float.floatToIntBits(seen.get(i)), "element " + i);
    }
  }

  /** More blocks than are decoded at once, all finite: the digest of the reference's floats. */
  @ParameterizedTest
  @EnumSource(
      value = GgufTensorType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"F32", "F16", "BF16"})
  void manyBlocksToo(GgufTensorType type) throws Exception {
    JsonNode node = vectors().path(type.name());
    byte[] blocks = Base64.getDecoder().decode(node.path("more").asText());
    ByteBuffer source = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(Dequantizer.run(type, source));
    assertEquals(node.path("sha256OfMore").asText(), HexFormat.of().formatHex(digest.digest()));
  }

  private static FloatBuffer run(GgufTensorType type, byte[] blocks) {
    return floats(Dequantizer.run(type, ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN)));
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static JsonNode vectors() throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(DequantizerTest.class.getResourceAsStream("quants.json"));
  }

  @Test
  void halvesAreExact() {
    // IEEE 754 binary16: smallest subnormal 2^-24, largest 65504, one, minus two, infinity.
    assertEquals(0x1p-24f, TensorValues.half((short) 0x0001));
    assertEquals(65504f, TensorValues.half((short) 0x7bff));
    assertEquals(1f, TensorValues.half((short) 0x3c00));
    assertEquals(-2f, TensorValues.half((short) 0xc000));
    assertEquals(-0f, TensorValues.half((short) 0x8000));
    assertEquals(Float.POSITIVE_INFINITY, TensorValues.half((short) 0x7c00));
  }
}
