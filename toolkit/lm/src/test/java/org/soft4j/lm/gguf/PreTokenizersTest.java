package org.soft4j.lm.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/** How GGUF files say that texts are cut (tools/golden/pre_tokenizer_vectors.py). */
class PreTokenizersTest {
  private static final String KEY = "tokenizer.ggml.";

  @ParameterizedTest
  @ValueSource(strings = {"starcoder", "command-r", "falcon", "deepseek-llm", "deepseek-coder"})
  void textsBecomeTheIdsOfTheTokenizersLibrary(String pre) throws IOException {
    JsonNode vectors = TokenizerVectors.read("pre-tokenizers.json");
    Map<String, Object> values = small();
    values.put(KEY + "pre", pre);
    try (Tokenizer tokenizer = GgufTokenizer.read(new GgufMetadata(Path.of(pre), values))) {
      TokenizerVectors.check(
          tokenizer,
          TokenizerVectors.texts(TokenizerVectors.read("texts.json")),
          vectors.path("ids").path(pre),
          vectors.path("decoded").path(pre));
    }
  }

  private static Map<String, Object> small() throws IOException {
    JsonNode vectors = TokenizerVectors.read("byte-level.json");
    Map<String, Object> values = new HashMap<>();
    values.put("general.architecture", "llama");
    values.put(KEY + "model", "gpt2");
    values.put(KEY + "tokens", TokenizerVectors.texts(vectors.path("tokens")));
    values.put(KEY + "merges", TokenizerVectors.texts(vectors.path("merges")));
    int[] types = TokenizerVectors.ids(vectors.path("types"));
    ByteBuffer bytes = ByteBuffer.allocate(4 * types.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int type : types) {
      bytes.putInt(type);
    }
    values.put(
        KEY + "token_type", new GgufMetadata.Numbers(GgufType.INT32, types.length, bytes.flip()));
    return values;
  }

  /** A Llama file of early 2024 gave -55.8 for -46.3, cut as GPT-2 does. */
  @Test
  void aFileWithoutANameIsRefusedUnlessItIsGpt2() throws IOException {
    for (String pre : List.of("", "default")) {
      Map<String, Object> values = small();
      if (!pre.isEmpty()) {
        values.put(KEY + "pre", pre);
      }
      GgufMetadata llama = new GgufMetadata(Path.of("llama.gguf"), values);
      UserError error = assertThrows(UserError.class, () -> GgufTokenizer.read(llama));
      assertTrue(error.getMessage().contains(KEY + "pre"), error.getMessage());
      Map<String, Object> named = new HashMap<>(values);
      named.put("general.architecture", "gpt2");
      try (Tokenizer tokenizer =
          GgufTokenizer.read(new GgufMetadata(Path.of("gpt2.gguf"), named))) {
        assertTrue(tokenizer.encode("the house").length > 0);
      }
    }
  }

  /** llama.cpp's own vocabularies with the ids that transformers gave; with and without a name. */
  @Test
  @EnabledIfEnvironmentVariable(named = "SOFT4J_LLAMA_CPP", matches = ".+")
  void realVocabulariesGiveTheIdsOfTransformers() throws IOException {
    Path models = Path.of(System.getenv("SOFT4J_LLAMA_CPP")).resolve("models");
    List<String> names =
        List.of(
            "starcoder",
            "refact",
            "command-r",
            "falcon",
            "deepseek-llm",
            "deepseek-coder",
            "gpt-2",
            "llama-bpe",
            "qwen2");
    for (String name : names) {
      Path file = models.resolve("ggml-vocab-" + name + ".gguf");
      Map<String, Object> values = new HashMap<>(Gguf.open(file).metadata().values());
      check(file, values);
      values.remove(KEY + "pre");
      check(file, values);
    }
  }

  private static void check(Path file, Map<String, Object> values) throws IOException {
    String inputs = Files.readString(Path.of(file + ".inp"));
    String[] texts = inputs.split("\n__ggml_vocab_test__\n", -1);
    String[] lines = Files.readString(Path.of(file + ".out")).split("\n", -1);
    assertEquals(texts.length, lines.length);
    try (Tokenizer tokenizer = GgufTokenizer.read(new GgufMetadata(file, values))) {
      for (int i = 0; i < texts.length; i++) {
        int[] ids =
            Stream.of(lines[i].strip().split(" "))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        assertArrayEquals(ids, tokenizer.encodePlain(texts[i]), file + ": " + texts[i]);
      }
    }
  }
}
