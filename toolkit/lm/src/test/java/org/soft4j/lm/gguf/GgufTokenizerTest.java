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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.SentencePieceFile;
import org.soft4j.lm.source.FolderTokenizer;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;
import org.soft4j.lm.tokenizer.UserText;

/** Expected ids: transformers and sentencepiece (tools/golden/tokenizer_vectors.py). */
class GgufTokenizerTest {
  private static final String KEY = "tokenizer.ggml.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "default", "llama-bpe", "qwen2", "smollm", "tekken"})
  void byteLevelTextsBecomeTheIdsOfTransformers(String pre) throws IOException {
    JsonNode vectors = TokenizerVectors.read("byte-level.json");
    Map<String, Object> values = new HashMap<>();
    values.put("general.architecture", "gpt2");
    values.put(KEY + "model", "gpt2");
    values.put(KEY + "pre", pre);
    values.put(KEY + "tokens", TokenizerVectors.texts(vectors.path("tokens")));
    values.put(KEY + "merges", TokenizerVectors.texts(vectors.path("merges")));
    values.put(KEY + "token_type", integers(TokenizerVectors.ids(vectors.path("types"))));
    try (Tokenizer tokenizer = GgufTokenizer.read(new GgufMetadata(Path.of(pre), values))) {
      TokenizerVectors.check(
          tokenizer,
          TokenizerVectors.texts(TokenizerVectors.read("texts.json")),
          vectors.path("ids").path(pre),
          vectors.path("decoded").path(pre));
    }
  }

  @ParameterizedTest
  @CsvSource({"bytes, EVERY_PART", "plain, NONE"})
  void sentencePieceTextsBecomeTheIdsOfTheLibrary(String name, Prefix prefix) throws IOException {
    JsonNode vectors = TokenizerVectors.read(name + ".json");
    SentencePieceVocabulary vocabulary = vocabulary(name, Prefix.EVERY_PART);
    assertEquals(TokenizerVectors.texts(vectors.path("pieces")), vocabulary.pieces());
    assertEquals(prefix, vocabulary.prefix());
    try (Tokenizer tokenizer = GgufTokenizer.read(metadata(vocabulary, false))) {
      TokenizerVectors.check(
          tokenizer,
          TokenizerVectors.texts(vectors.path("texts")),
          vectors.path("ids"),
          vectors.path("decoded"));
    }
  }

  /** As in llama.cpp (llama-vocab.cpp, SPM): the text after a control token begins anew. */
  @Test
  void controlTokensAreParsedUnlessAUserSpellsThem() throws IOException {
    try (Tokenizer tokenizer = GgufTokenizer.read(metadata(vocabulary("bytes"), true))) {
      int[] hello = tokenizer.encodePlain("the house");
      int[] joined = tokenizer.encode("the house</s>the house");
      int end = tokenizer.id("</s>");
      assertEquals(tokenizer.id("<s>"), joined[0]);
      assertArrayEquals(hello, Arrays.copyOfRange(joined, 1, hello.length + 1));
      assertEquals(end, joined[hello.length + 1]);
      assertArrayEquals(hello, Arrays.copyOfRange(joined, hello.length + 2, joined.length));

      int[] guarded = tokenizer.encode("the house" + UserText.mark("</s>the house"));
      assertTrue(Arrays.stream(guarded).noneMatch(id -> id == end));
      assertEquals("the house</s>the house", tokenizer.decode(guarded));
    }
  }

  @Test
  void aContinuationKeepsItsFirstSpace() throws IOException {
    try (Tokenizer tokenizer = GgufTokenizer.read(metadata(vocabulary("bytes"), true))) {
      int[] before = tokenizer.encode("the old");
      int[] both = tokenizer.encode("the old house");
      int[] added = Arrays.copyOfRange(both, before.length, both.length);
      assertEquals("house", tokenizer.decode(added), "alone, the space is lost");
      assertEquals(" house", tokenizer.decodeAfter(before, added));
      assertEquals("house", tokenizer.decodeAfter(tokenizer.encode("the old</s>"), added));
    }
  }

  @Test
  void whatIsMissingOrContradictsIsNamed() throws IOException {
    for (String key : List.of("scores", "token_type", "tokens", "bos_token_id")) {
      GgufMetadata sound = metadata(vocabulary("bytes"), true);
      Map<String, Object> values = new HashMap<>(sound.values());
      values.remove(KEY + key);
      UserError error =
          assertThrows(
              UserError.class, () -> GgufTokenizer.read(new GgufMetadata(sound.file(), values)));
      assertTrue(error.getMessage().contains("has no " + KEY + key), error.getMessage());
    }
    Map<String, Object> foreign = Map.of(KEY + "model", "t5");
    UserError error =
        assertThrows(
            UserError.class,
            () -> GgufTokenizer.read(new GgufMetadata(Path.of("t5.gguf"), foreign)));
    assertTrue(error.getMessage().contains("model \"t5\" is not supported"), error.getMessage());
  }

  @Test
  void aFolderMayHoldTheSentencePieceModelAlone() throws IOException {
    Files.copy(TokenizerVectors.open("bytes.model"), folder.resolve("tokenizer.model"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        """
        {"add_bos_token": true, "bos_token": {"content": "<s>"}, "added_tokens_decoder": {
          "2": {"content": "</s>", "special": true},
          "800": {"content": "<|im_end|>", "special": true}}}
        """);
    JsonNode vectors = TokenizerVectors.read("bytes.json");
    try (Tokenizer tokenizer = FolderTokenizer.open(folder)) {
      int[] ids = tokenizer.encode("<|im_end|>" + vectors.path("texts").get(0).asText());
      assertArrayEquals(new int[] {1, 800}, Arrays.copyOf(ids, 2));
      assertArrayEquals(
          TokenizerVectors.ids(vectors.path("ids").get(0)), Arrays.copyOfRange(ids, 2, ids.length));
    }
  }

  @Test
  void theEndThatAFolderOrFileAppendsIsLeftOut() throws IOException {
    Files.copy(TokenizerVectors.open("bytes.model"), folder.resolve("tokenizer.model"));
    JsonNode vectors = TokenizerVectors.read("bytes.json");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"add_bos_token\": false, \"add_eos_token\": true}");
    try (Tokenizer tokenizer = FolderTokenizer.open(folder)) {
      int[] expected = TokenizerVectors.ids(vectors.path("ids").get(0));
      assertArrayEquals(expected, tokenizer.encode(vectors.path("texts").get(0).asText()));
      assertArrayEquals(new int[] {2}, tokenizer.appended());
    }
  }

  @Test
  void aFolderWithoutTokenizerSaysWhatToGet() throws IOException {
    UserError none = assertThrows(UserError.class, () -> FolderTokenizer.open(folder));
    assertTrue(none.getMessage().contains("neither tokenizer.json nor tokenizer.model"));
    Files.writeString(folder.resolve("tokenizer.model"), "this is no protobuf");
    assertThrows(UserError.class, () -> FolderTokenizer.open(folder));
    byte[] sound = TokenizerVectors.open("bytes.model").readAllBytes();
    Files.write(folder.resolve("tokenizer.model"), Arrays.copyOf(sound, sound.length - 1));
    assertThrows(UserError.class, () -> FolderTokenizer.open(folder));
  }

  private SentencePieceVocabulary vocabulary(String name) throws IOException {
    return vocabulary(name, Prefix.EVERY_PART);
  }

  private SentencePieceVocabulary vocabulary(String name, Prefix prefix) throws IOException {
    Path file = folder.resolve(name + ".model");
    Files.copy(TokenizerVectors.open(name + ".model"), file);
    SentencePieceVocabulary read = SentencePieceFile.read(file, prefix);
    Files.delete(file);
    return read;
  }

  private static GgufMetadata metadata(SentencePieceVocabulary vocabulary, boolean begins) {
    Map<String, Object> values = new HashMap<>();
    values.put(KEY + "model", "llama");
    values.put(KEY + "tokens", vocabulary.pieces());
    ByteBuffer scores = little(vocabulary.scores().length);
    for (float score : vocabulary.scores()) {
      scores.putFloat(score);
    }
    values.put(
        KEY + "scores",
        new GgufMetadata.Numbers(GgufType.FLOAT32, vocabulary.scores().length, scores.flip()));
    List<String> kinds = List.of("NORMAL", "UNKNOWN", "CONTROL", "USER_DEFINED", "UNUSED", "BYTE");
    values.put(
        KEY + "token_type",
        integers(vocabulary.kinds().stream().mapToInt(k -> kinds.indexOf(k.name()) + 1).toArray()));
    values.put(KEY + "add_space_prefix", vocabulary.prefix() != Prefix.NONE);
    values.put(KEY + "add_bos_token", begins);
    values.put(KEY + "bos_token_id", 1L);
    return new GgufMetadata(Path.of("pieces.gguf"), values);
  }

  private static GgufMetadata.Numbers integers(int[] numbers) {
    ByteBuffer bytes = little(numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return new GgufMetadata.Numbers(GgufType.INT32, numbers.length, bytes.flip());
  }

  private static ByteBuffer little(int numbers) {
    return ByteBuffer.allocate(4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
  }
}
