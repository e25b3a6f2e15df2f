package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.ShardedSafetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTokenizer;

class ModelFilesTest {
  @TempDir Path folder;

  @Test
  void folderAndGgufOfOneModelAreTheSameModel() throws IOException {
    try (ModelSource a = ModelFiles.open(TinyModel.folder(folder.resolve("tiny"), 1));
        ModelSource b = ModelFiles.open(TinyModel.gguf(folder.resolve("tiny.gguf"), 1))) {
      assertEquals(TinyModel.SHAPE, a.architecture());
      assertEquals(TinyModel.SHAPE, b.architecture());
      assertEquals(a.weights().names(), b.weights().names());
      for (String name : a.weights().names()) {
        assertArrayEquals(a.weights().shape(name), b.weights().shape(name), name);
        assertEquals(a.weights().read(name).bytes(), b.weights().read(name).bytes(), name);
      }
      assertEquals("tiny", a.name());
      assertEquals(Optional.of("{{ messages[0].content }}"), b.chatTemplate());
    }
  }

  /** What a full fine-tuning writes could otherwise not be opened, and training would be lost. */
  @Test
  void aTokenizerModelAloneIsAmongTheDocuments() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.write(folder.resolve("tokenizer.model"), new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, ModelDocuments.of(folder).read().get("tokenizer.model"));
  }

  @Test
  void tokenizerCutsDigitsParsesSpecialTokensAndLeavesThemOut() throws IOException {
    try (ModelSource model = ModelFiles.open(TinyModel.gguf(folder.resolve("tiny.gguf"), 1))) {
      // By hand: merges make "abc" 259 and " a" 260; digits stand alone with the space before them;
      // two line breaks before a digit are one word, so they merge to 261.
      int[] ids = model.tokenizer().encode("abc a</s>\n\n1");
      assertArrayEquals(new int[] {259, 260, 257, 261, '1'}, ids);
      assertEquals("abc a\n\n1", model.tokenizer().decode(ids));
      assertEquals("abc a</s>\n\n1", model.tokenizer().decodeWithSpecial(ids));
      assertEquals(257, model.tokenizer().id("</s>"));
      assertEquals(-1, model.tokenizer().id("<none>"));
    }
  }

  @Test
  void beginningOfTextIsAddedWhereTheFileSaysSoAndItsEndIsNot() throws IOException {
    Map<String, Object> metadata = TinyModel.metadata();
    metadata.put("tokenizer.ggml.add_bos_token", true);
    metadata.put("tokenizer.ggml.add_eos_token", true);
    try (var tokenizer = GgufTokenizer.read(new GgufMetadata(Path.of("tiny.gguf"), metadata))) {
      assertArrayEquals(new int[] {256, 258}, tokenizer.encode("ab"));
      assertArrayEquals(new int[] {257}, tokenizer.appended());
      assertArrayEquals(new int[] {258}, tokenizer.encodePlain("ab"));
    }
  }

  @Test
  void longTextsAreNotCut() throws IOException {
    try (ModelSource model = ModelFiles.open(TinyModel.gguf(folder.resolve("tiny.gguf"), 1))) {
      assertEquals(3000, model.tokenizer().encode("x".repeat(3000)).length);
    }
  }

  @Test
  void stopTokensAreThoseOfBothConfigurations() throws IOException {
    TinyModel.folder(folder, 1);
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [0, 257]}");
    try (ModelSource model = ModelFiles.open(folder)) {
      assertEquals(List.of(257, 0), model.architecture().stopTokens());
    }
  }

  /** The tokenizer knows a token that ends turns in other models; no file calls it an end. */
  @Test
  void tokensWithUsualNamesEndAnswersWhereGenerationConfigNamesNone() throws IOException {
    TinyModel.folder(folder, 1);
    Path config = folder.resolve("config.json");
    Files.writeString(config, TinyModel.config().replace("\"eos_token_id\": 257", "\"x\": 0"));
    try (ModelSource model = ModelFiles.open(folder)) {
      assertEquals(Map.of(257, "its name"), model.stops().reasons());
      assertEquals(List.of(257), model.architecture().stopTokens());
    }
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": 256}");
    try (ModelSource model = ModelFiles.open(folder)) {
      assertEquals(Map.of(256, "generation_config.json"), model.stops().reasons());
    }
  }

  /** As llama.cpp counts them: what metadata names, and what is spelled as an end of turn. */
  @Test
  void aGgufFileStopsAtControlTokensByTheirNames() throws IOException {
    Map<String, Object> values = TinyModel.metadata();
    List<String> tokens = new ArrayList<>(TinyModel.TOKENS);
    tokens.set(260, "<|im_end|>"); // marked as ordinary text, as some exporters do
    values.put("tokenizer.ggml.tokens", tokens);
    values.put("tokenizer.ggml.merges", List.of("a b"));
    values.put("tokenizer.ggml.eot_token_id", 256L);
    GgufMetadata read = new GgufMetadata(Path.of("tiny.gguf"), values);
    try (var tokenizer = GgufTokenizer.read(read)) {
      Map<Integer, String> stops = StopTokens.of(read, tokenizer).reasons();
      assertEquals("{257=eos_token_id, 256=eot_token_id, 260=its name}", stops.toString());
      assertArrayEquals(new int[] {260}, tokenizer.encodePlain("<|im_end|>"));
      assertEquals("", tokenizer.decode(new int[] {260}));
    }
  }

  @Test
  void spellingsOfTransformersFiveAndNullsAreRead() throws IOException {
    TinyModel.folder(folder, 1);
    String config =
        TinyModel.config()
            .replace("\"rope_theta\": 10000.0", "\"rope_parameters\": {\"rope_theta\": 5e5}")
            .replace("\"bos_token_id\": 256", "\"bos_token_id\": null, \"head_dim\": null")
            .replace("\"eos_token_id\": 257", "\"eos_token_id\": [3, 4]");
    Files.writeString(folder.resolve("config.json"), config);
    try (ModelSource model = ModelFiles.open(folder)) {
      assertEquals(LayerKind.llama(1e-5, 5e5), model.architecture().kind());
      assertEquals(OptionalInt.empty(), model.architecture().beginToken());
      assertEquals(List.of(3, 4, 257), model.architecture().stopTokens());
      assertEquals(2, model.architecture().headDimension());
    }
  }

  @Test
  void shardsAreOneModel() throws IOException {
    TinyModel.folder(folder, 1);
    Files.move(
        folder.resolve("model.safetensors"), folder.resolve("model-00001-of-00001.safetensors"));
    StringBuilder map = new StringBuilder();
    for (String name : TinyModel.SHAPE.storedShapes().keySet()) {
      map.append(map.isEmpty() ? "" : ",")
          .append("\"" + name + "\": \"model-00001-of-00001.safetensors\"");
    }
    Path index = folder.resolve(ShardedSafetensors.INDEX);
    Files.writeString(index, "{\"weight_map\": {" + map + "}}");
    try (ModelSource model = ModelFiles.open(folder)) {
      assertEquals(20, model.weights().names().size());
    }
    Files.writeString(index, "{\"weight_map\": {\"a\": \"../../secret.safetensors\"}}");
    assertRefused(folder, "outside the folder");
  }

  @Test
  void aTensorThatTheConfigurationAsksForIsNamed() throws IOException {
    TinyModel.folder(folder, 1);
    Files.writeString(
        folder.resolve("config.json"), TinyModel.config().replace("\"llama\"", "\"qwen2\""));
    assertRefused(folder, "has no tensor model.layers.0.self_attn.q_proj.bias of shape [8]");
  }

  @Test
  void aGgufTensorThatTheDecoderWouldLeaveOutIsRefusedByName() throws IOException {
    for (String name :
        List.of("blk.1.attn_q.bias", "blk.0.ffn_gate_exps.weight", "blk.7.attn_q.weight")) {
      GgufBytes out = TinyModel.ggufBytes(1);
      out.tensor(name, 0, new long[] {8}, new byte[32]);
      Path file = Files.write(folder.resolve("tiny.gguf"), out.toBytes());
      assertRefused(file, "tensor " + name + " has no place in a llama model");
    }
  }

  @Test
  void aGgufTypeThatIsNotReadIsNamed() throws IOException {
    GgufBytes out = TinyModel.ggufBytes(1);
    out.tensor("blk.1.extra", 16, new long[] {256}, new byte[66]);
    Path file = Files.write(folder.resolve("tiny.gguf"), out.toBytes());
    assertRefused(file, "tensor blk.1.extra has type IQ2_XXS");
  }

  @Test
  void aSafetensorsTypeThatIsNotReadIsRefusedWhenTheFolderIsOpened() throws IOException {
    TinyModel.folder(folder, 1);
    Path file = folder.resolve("model.safetensors");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replaceFirst("\"F32\"", "\"I32\""), StandardCharsets.ISO_8859_1);
    assertRefused(folder, "tensor model.embed_tokens.weight has type I32");
  }

  @Test
  void aHeadBesideATiedEmbeddingMustBeTheEmbedding() throws IOException {
    TinyModel.folder(folder, 1);
    Path file = folder.resolve("model.safetensors");
    LinkedHashMap<String, StoredTensor> tensors = TinyModel.tensors(1);
    StoredTensor embedding = tensors.get("model.embed_tokens.weight");
    tensors.put("lm_head.weight", embedding);
    Safetensors.write(file, tensors, Map.of());
    ModelFiles.open(folder).close();

    tensors.put("lm_head.weight", TinyModel.random(embedding.shape(), new Random(9)));
    Safetensors.write(file, tensors, Map.of());
    assertRefused(folder, "lm_head.weight is not model.embed_tokens.weight");
  }

  @Test
  void aTensorOfTheWrongShapeIsNamedWithBothShapes() throws IOException {
    TinyModel.folder(folder, 1);
    Files.writeString(
        folder.resolve("config.json"),
        TinyModel.config().replace("\"intermediate_size\": 12", "\"intermediate_size\": 13"));
    assertRefused(
        folder,
        "model.layers.0.mlp.gate_proj.weight has shape [12, 8], and the configuration wants [13,"
            + " 8]");
  }

  @Test
  void foldersThatAreNoModelSayWhatIsMissing() throws IOException {
    assertRefused(folder.resolve("none"), "There is no model at");
    assertRefused(folder, "config.json");
    Files.writeString(folder.resolve("config.json"), TinyModel.config());
    Files.write(folder.resolve("pytorch_model.bin"), new byte[3]);
    UserError error = assertRefused(folder, "neither model.safetensors");
    assertTrue(error.remedy().contains("pickle"), error.remedy());
  }

  private static UserError assertRefused(Path path, String part) {
    UserError error = assertThrows(UserError.class, () -> ModelFiles.open(path).close());
    assertTrue(error.getMessage().contains(part), error.getMessage());
    return error;
  }
}
