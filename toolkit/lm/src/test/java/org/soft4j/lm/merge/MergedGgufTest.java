package org.soft4j.lm.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.gguf.Gguf;
import org.soft4j.lm.gguf.GgufFile;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.gguf.GgufValues;
import org.soft4j.lm.gguf.GgufVocabulary;
import org.soft4j.lm.gguf.GgufWriter;
import org.soft4j.lm.merge.ModelMerge.Layout;
import org.soft4j.lm.merge.ModelMerge.Written;
import org.soft4j.lm.source.FolderTokenizer;
import org.soft4j.lm.source.GoldenModels;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * The golden models lie there as folders, written by transformers, and as GGUF files, written by
 * the Python package gguf with its names and with the turns of llama.cpp's converter
 * (tools/golden/families.py).
 */
class MergedGgufTest {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final String GGUF = "model.gguf";

  @TempDir Path folder;

  private Written write(Path base, Layout layout, NumberFormat format) {
    try (ModelMerge merge = ModelMerge.open(base, List.of())) {
      return merge.write(folder, layout, format, Progress.SILENT, Cancellation.NEVER);
    }
  }

  static Stream<String> inGguf() throws IOException {
    return GoldenModels.inGguf();
  }

  @ParameterizedTest
  @MethodSource("inGguf")
  void aFolderBecomesTheFileThatThePackageGgufWrites(String name) {
    GgufFile expected = GgufFile.open(ROOT.resolve(name).resolve(GGUF));
    GgufFile seen = GgufFile.open(write(ROOT.resolve(name), Layout.GGUF, NumberFormat.F16).model());
    assertEquals(expected.tensors().keySet(), seen.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (tensor, bytes) ->
                assertArrayEquals(
                    tensor.equals("position_embd.weight") ? positions(name) : bytes,
                    seen.tensors().get(tensor),
                    tensor));
    expected.values().forEach((key, value) -> assertEquals(value, seen.values().get(key), key));
    assertEquals("1", seen.values().get("general.file_type"));
  }

  /** As the folder has them: llama.cpp's converter keeps learned positions in fp32. */
  private static byte[] positions(String name) {
    try (ModelSource source = ModelFiles.open(ROOT.resolve(name))) {
      float[] values = TensorValues.read(source.weights().read("transformer.wpe.weight"));
      ByteBuffer bytes =
          ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }
  }

  @ParameterizedTest
  @MethodSource("inGguf")
  void aFileBecomesAFolderOfTheSameModel(String name) {
    Path file = ROOT.resolve(name).resolve(GGUF);
    if (name.equals("llama3-rope")) {
      UserError refused =
          assertThrows(UserError.class, () -> write(file, Layout.HF, NumberFormat.F32));
      assertTrue(refused.getMessage().contains("rope_freqs"), refused.getMessage());
      assertEquals(0, folder.toFile().list().length);
      return;
    }
    Path written = write(file, Layout.HF, NumberFormat.F32).model();
    try (ModelSource a = ModelFiles.open(file);
        ModelSource b = ModelFiles.open(written)) {
      assertEquals(a.architecture().toString(), b.architecture().toString());
      for (String tensor : a.weights().names()) {
        assertArrayEquals(
            TensorValues.read(a.weights().read(tensor)),
            TensorValues.read(b.weights().read(tensor)),
            tensor);
      }
      String text = "Häuser, 日本語 <|end|> 12";
      assertArrayEquals(a.tokenizer().encode(text), b.tokenizer().encode(text));
      assertEquals(a.special(), b.special());
    }
  }

  /** What a file says beyond what soft4j reads, such as a licence, stays byte for byte. */
  @Test
  void theMetadataOfAFileStays() {
    Path file = ROOT.resolve("qwen3").resolve(GGUF);
    GgufFile seen = GgufFile.open(write(file, Layout.GGUF, NumberFormat.F32).model());
    assertTrue(seen.values().entrySet().containsAll(GgufFile.open(file).values().entrySet()));
  }

  /** By llama.cpp's rules: vectors are fp32, rows that are no whole blocks are F16. */
  @Test
  void eightBitsWhereTheyFit() {
    // Rows of 48 and 96 numbers: the latter are three blocks.
    GgufFile seen =
        GgufFile.open(write(ROOT.resolve("llama-tied"), Layout.GGUF, NumberFormat.Q8_0).model());
    assertEquals("Q8_0", seen.types().get("blk.0.ffn_down.weight"));
    assertEquals("F16", seen.types().get("blk.0.ffn_up.weight"));
    assertEquals("F32", seen.types().get("blk.0.ffn_norm.weight"));
    assertEquals("7", seen.values().get("general.file_type"));
    assertEquals("2", seen.values().get("general.quantization_version"));
    assertFalse(seen.tensors().containsKey("output.weight"), "the head is the embedding");
  }

  static Stream<Arguments> tokenizersWithoutWords() {
    return Stream.of(
        refused("WordLevel", json -> object(json, "model").put("type", "WordLevel")),
        refused("byte-level", json -> object(json, "model").put("byte_fallback", true)),
        refused("no name", json -> object(json, "pre_tokenizer").put("add_prefix_space", true)),
        refused("no name", json -> object(json, "model").put("ignore_merges", true)),
        refused("no name", json -> json.putObject("normalizer").put("type", "NFKC")),
        refused(
            "lstrip", json -> ((ObjectNode) json.path("added_tokens").get(0)).put("lstrip", true)),
        refused("spaces", json -> ((ArrayNode) object(json, "model").path("merges")).add("a b c")));
  }

  private static Arguments refused(String word, Consumer<ObjectNode> change) {
    return Arguments.of(word, change);
  }

  private static ObjectNode object(ObjectNode json, String field) {
    return (ObjectNode) json.path(field);
  }

  @ParameterizedTest
  @MethodSource("tokenizersWithoutWords")
  void aTokenizerThatGgufCannotHoldIsRefused(String word, Consumer<ObjectNode> change)
      throws IOException {
    Path file = ROOT.resolve("gpt2").resolve("tokenizer.json");
    ObjectNode json = (ObjectNode) JsonMapper.builder().build().readTree(file.toFile());
    change.accept(json);
    UserError refused =
        assertThrows(
            UserError.class, () -> GgufVocabulary.write(file, json, 270, new GgufValues()));
    assertTrue(refused.getMessage().contains(word), refused.getMessage());
  }

  @Test
  void someLayersWithAWindowAreRefused() {
    UserError refused =
        assertThrows(
            UserError.class,
            () -> write(ROOT.resolve("qwen2-window"), Layout.GGUF, NumberFormat.F32));
    assertTrue(refused.getMessage().contains("window"), refused.getMessage());
  }

  /** llama.cpp has no window in its llama architecture, under which Mistral models go. */
  @Test
  void aWindowThatLlamaCppDoesNotFollowIsTold() {
    Written written = write(ROOT.resolve("mistral-window"), Layout.GGUF, NumberFormat.F32);
    assertEquals(1, written.notes().size());
    assertTrue(written.notes().get(0).contains("from token 7 on"), written.notes().toString());
  }

  @Test
  void roundingIsMeasured() {
    Written exact = write(ROOT.resolve("llama-untied"), Layout.GGUF, NumberFormat.F16);
    assertEquals(0, exact.loss(), "the base is f16");
    // 8 bits of a number's fraction: at most 2^-9 of it, at 2^-9 / sqrt(3) and less on average.
    double loss = write(ROOT.resolve("llama-untied"), Layout.GGUF, NumberFormat.BF16).loss();
    assertTrue(loss > 0x1p-11 && loss < 0x1p-9, "loss " + loss);
  }

  /** Everything is made aside: what is stopped or fails leaves no file. */
  @Test
  void whatIsStoppedLeavesNothing() {
    try (ModelMerge merge = ModelMerge.open(ROOT.resolve("gpt2"), List.of())) {
      assertThrows(
          CancellationException.class,
          () -> merge.write(folder, Layout.HF, NumberFormat.F32, Progress.SILENT, () -> true));
    }
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  @Test
  void aSentencePieceTokenizerBecomesOneOfTheSameTokens() throws IOException {
    Path pieces = Path.of("src/test/resources/org/soft4j/lm/tokenizer/tokenizers/bytes.model");
    Files.copy(pieces, folder.resolve("tokenizer.model"));
    GgufValues values = new GgufValues();
    // Ten rows of the embedding beyond the 800 pieces.
    GgufVocabulary.write(FolderTokenizer.vocabulary(folder).orElseThrow(), 810, values);
    GgufVocabulary.special(Map.of("bos", 1, "eos", 2), true, false, values);
    Path file = folder.resolve(GGUF);
    GgufWriter.write(file, values, new LinkedHashMap<>(), (name, out) -> {});
    try (Tokenizer expected = FolderTokenizer.open(folder);
        Tokenizer seen = GgufTokenizer.read(Gguf.open(file).metadata())) {
      assertEquals(809, seen.largestId());
      for (String text : List.of("The sun rises", " a  b", "naïve 日本語", "<s>x</s>")) {
        assertArrayEquals(expected.encode(text), seen.encode(text), text);
      }
    }
  }

  /** Everything beside the weights that other tools read comes along. */
  @Test
  void allTokenizerFilesOfAFolderComeAlong() throws IOException {
    Path base = Files.createDirectories(folder.resolve("base"));
    Path out = Files.createDirectories(folder.resolve("out"));
    Path golden = ROOT.resolve("llama-tied");
    for (String name : golden.toFile().list()) {
      Files.copy(golden.resolve(name), base.resolve(name));
    }
    Map<String, String> others =
        Map.of(
            "generation_config.json", "{\"eos_token_id\": [1]}",
            "special_tokens_map.json", "{}",
            "added_tokens.json", "{}",
            "vocab.json", "{}",
            "merges.txt", "#version: 0.2\n",
            "chat_template.jinja", "{{ messages }}");
    for (Map.Entry<String, String> other : others.entrySet()) {
      Files.writeString(base.resolve(other.getKey()), other.getValue());
    }
    try (ModelMerge merge = ModelMerge.open(base, List.of())) {
      merge.write(out, Layout.HF, NumberFormat.BF16, Progress.SILENT, Cancellation.NEVER);
    }
    for (Map.Entry<String, String> other : others.entrySet()) {
      assertEquals(other.getValue(), Files.readString(out.resolve(other.getKey())));
    }
    assertTrue(
        Set.of(out.toFile().list())
            .containsAll(
                Arrays.asList(
                    "config.json",
                    "model.safetensors",
                    "tokenizer.json",
                    "tokenizer_config.json")));
    assertTrue(Files.readString(out.resolve("config.json")).contains("\"bfloat16\""));
  }
}
