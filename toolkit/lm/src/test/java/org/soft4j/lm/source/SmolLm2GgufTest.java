package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.files.StoredTensor;

/**
 * The real SmolLM2-135M-Instruct Q4_1 file, where the environment variable SOFT4J_SMOLLM2 names it.
 * Expected ids: tools/golden/gguf_vectors.py.
 */
class SmolLm2GgufTest {
  @Test
  void tokensOfTwoHundredTextsAreTheReference() throws IOException {
    try (ModelSource model = open()) {
      assertEquals(49152, model.architecture().vocabularySize());
      // The end of a turn by metadata; <|endoftext|> and <reponame> by name, as in llama.cpp.
      assertEquals(List.of(2, 0, 4), model.architecture().stopTokens());
      JsonNode rows =
          JsonMapper.builder()
              .build()
              .readTree(getClass().getResourceAsStream("smollm2-tokens.json"));
      assertEquals(200, rows.size());
      for (JsonNode row : rows) {
        String text = row.path("text").asText();
        int[] ids =
            StreamSupport.stream(row.path("ids").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
        assertArrayEquals(ids, model.tokenizer().encode(text), text);
        assertEquals(row.path("decoded").asText(), model.tokenizer().decode(ids));
      }
    }
  }

  @Test
  void everyTensorIsRead() {
    try (ModelSource model = open()) {
      for (String name : model.weights().names()) {
        StoredTensor tensor = model.weights().read(name);
        assertEquals(4 * tensor.elements(), tensor.bytes().remaining(), name);
      }
    }
  }

  /** Expected: sha256 of the float32 bytes after transformers 5.23.0 loaded the same file. */
  @Test
  void weightsAreTransformersBitForBit() throws NoSuchAlgorithmException {
    Map<String, String> expected =
        Map.of(
            "model.layers.0.self_attn.q_proj.weight",
            "54b377bbfa2deab945dfdba7fb59e0ca3eb74329358bd1b53b635b3ff37c1a56",
            "model.layers.7.self_attn.k_proj.weight",
            "c0853489b02eee1ed7445c54741bd81797cf0b936e6edd0c57cb4a4ac9ef86ef",
            "model.layers.3.mlp.down_proj.weight",
            "4776fb25ee5f67b77cdd0c03f37261069c5dcc3f41d312fe1788f3ca5f825db3",
            "model.embed_tokens.weight",
            "3fd491c8066dd9dc1a2bf6796701526c82817d95c0ecabacdef3013c2b8bbbaa");
    try (ModelSource model = open()) {
      for (Map.Entry<String, String> entry : expected.entrySet()) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(model.weights().read(entry.getKey()).bytes());
        assertEquals(entry.getValue(), HexFormat.of().formatHex(digest.digest()), entry.getKey());
      }
    }
  }

  private static ModelSource open() {
    String file = System.getenv("SOFT4J_SMOLLM2");
    assumeTrue(file != null, "skipped: SOFT4J_SMOLLM2 names no SmolLM2 GGUF file");
    return ModelFiles.open(Path.of(file));
  }
}
