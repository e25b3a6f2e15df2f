package org.soft4j.lm.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The real SmolLM2-135M-Instruct Q4_1 file, where the environment variable SOFT4J_SMOLLM2 names it.
 * Expected ids: tools/golden/gguf_vectors.py.
 */
class SmolLm2GgufTest {
  @Test
  void tokensOfTwoHundredTextsAreTheReference() throws IOException {
    try (ModelSource model = open()) {
      assertEquals(49152, model.architecture().vocabularySize());
      assertEquals(List.of(2), model.architecture().stopTokens());
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

  private static ModelSource open() {
    String file = System.getenv("SOFT4J_SMOLLM2");
    assumeTrue(file != null, "skipped: SOFT4J_SMOLLM2 names no SmolLM2 GGUF file");
    return ModelFiles.open(Path.of(file));
  }
}
