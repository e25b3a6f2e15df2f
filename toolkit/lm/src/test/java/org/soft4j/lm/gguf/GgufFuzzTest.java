package org.soft4j.lm.gguf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.source.BytesInMemory;
import org.soft4j.lm.source.FixedSeed;
import org.soft4j.lm.source.GgufEdits;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ParserBounds;
import org.soft4j.lm.source.SmallGguf;
import org.soft4j.lm.tokenizer.Tokenizer;

/** Any bytes as a GGUF file, the tokenizer inside included. See docs/fuzzing.md. */
class GgufFuzzTest {
  private static final GgufEdits EDITS =
      new GgufEdits(
          List.of(SmallGguf.metadata(), SmallGguf.metadataWithPieces()),
          SmallGguf.tensors(),
          List.of(
              "general.alignment",
              "llama.attention.value_length",
              "llama.rope.dimension_count",
              "llama.rope.freq_base",
              "llama.rope.scaling.type",
              "llama.rope.scale_linear",
              "llama.expert_count",
              "tokenizer.ggml.add_bos_token",
              "tokenizer.ggml.add_eos_token",
              "tokenizer.ggml.add_space_prefix",
              "tokenizer.ggml.remove_extra_whitespaces",
              "llama.attention.sliding_window",
              "tokenizer.ggml.eot_token_id"));

  static List<byte[]> sound() {
    return List.of(
        SmallGguf.bytes(SmallGguf.metadata()), SmallGguf.bytes(SmallGguf.metadataWithPieces()));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> read(sound)));
  }

  /** The input as a whole file. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "gguf.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> read(input));
  }

  /** A sound file, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedFile(FuzzedDataProvider data) {
    byte[] file = EDITS.next(data);
    ParserBounds.hold(file.length, () -> read(file));
  }

  @Test
  void editedByAFixedSeed() {
    FixedSeed.run(
        "a GGUF file",
        data -> {
          read(EDITS.next(data));
          return "read";
        });
  }

  /** What opening a GGUF file does, and every tensor read. */
  private static void read(byte[] file) {
    Gguf gguf = Gguf.open(new BytesInMemory("fuzzed.gguf", file));
    Architecture architecture = GgufArchitecture.read(gguf);
    GgufWeights weights = GgufWeights.of(gguf, architecture);
    architecture.requireTensors(weights, gguf.slices().file());
    for (String name : weights.names()) {
      weights.storedType(name);
      weights.read(name).elements();
    }
    gguf.metadata().text("tokenizer.chat_template");
    try (Tokenizer tokenizer = GgufTokenizer.read(gguf.metadata())) {
      ModelFiles.checkFit(tokenizer, architecture, gguf.slices().file());
      tokenizer.decodeWithSpecial(tokenizer.encode("ab a</s>1\n c"));
    }
  }
}
