package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.WeightSource;

/** Any bytes as config.json and generation_config.json. See docs/fuzzing.md. */
class ConfigFuzzTest {
  private static final List<String> CONFIGS =
      List.of(
          TinyModel.config(),
          """
          {"model_type": "llama", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
           "num_hidden_layers": 2, "num_attention_heads": 4, "head_dim": 2, "hidden_act": "silu",
           "attention_bias": false, "mlp_bias": false, "rope_scaling": null,
           "rope_parameters": {"rope_type": "default", "rope_theta": 500000.0},
           "quantization_config": null, "partial_rotary_factor": 1.0, "rms_norm_eps": 1e-6,
           "tie_word_embeddings": true, "num_key_value_heads": 2, "bos_token_id": null, "eos_token_id": [256, 257, -1]}\
          """);

  /** Sound by themselves, and too large for the weights that the test has. */
  private static final List<String> OTHER_FAMILIES =
      List.of(
          """
          {"model_type": "gpt2", "vocab_size": 262, "n_embd": 8, "n_head": 4, "n_layer": 2,
           "n_positions": 64, "n_inner": null, "layer_norm_epsilon": 1e-5,
           "activation_function": "gelu_new", "scale_attn_weights": true, "bos_token_id": 256,
           "eos_token_id": 257}\
          """,
          """
          {"model_type": "qwen2", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
           "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
           "rms_norm_eps": 1e-6, "rope_theta": 1e6, "use_sliding_window": true,
           "sliding_window": 16, "max_window_layers": 1, "max_position_embeddings": 64,
           "layer_types": ["full_attention", "sliding_attention"], "eos_token_id": 257}\
          """,
          """
          {"model_type": "qwen3", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
           "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
           "head_dim": 4, "attention_bias": false, "rms_norm_eps": 1e-6, "rope_theta": 1e6,
           "max_position_embeddings": 64, "eos_token_id": [257], "dtype": "bfloat16"}\
          """,
          """
          {"model_type": "mistral", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
           "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
           "sliding_window": 16, "rms_norm_eps": 1e-5, "max_position_embeddings": 64,
           "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
             "high_freq_factor": 4.0, "original_max_position_embeddings": 32}}\
          """,
          """
          {"model_type": "llama", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
           "num_hidden_layers": 2, "num_attention_heads": 4, "attention_bias": true,
           "rope_scaling": {"type": "linear", "factor": 2.0}, "max_position_embeddings": 64}\
          """);

  private static final JsonEdits EDITS =
      new JsonEdits(Stream.concat(CONFIGS.stream(), OTHER_FAMILIES.stream()).toList());
  private static final JsonEdits GENERATION_EDITS =
      new JsonEdits(List.of("{\"eos_token_id\": [0, 257], \"bos_token_id\": 256}"));
  private static final Path FILE = Path.of("config.json");
  private static final WeightSource WEIGHTS = new TensorsInMemory(TinyModel.tensors(1));

  static List<byte[]> sound() {
    return CONFIGS.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> read(sound)));
  }

  /** The input as config.json. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "config.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> read(input));
  }

  /** Sound configurations, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedConfiguration(FuzzedDataProvider data) {
    byte[] generation = data.consumeBoolean() ? GENERATION_EDITS.next(data) : new byte[] {'{', '}'};
    byte[] config = EDITS.next(data);
    ParserBounds.hold(config.length + generation.length, () -> read(config, generation));
  }

  @Test
  void editedByAFixedSeed() {
    FixedSeed.run(
        "config.json",
        data -> {
          byte[] generation =
              data.consumeBoolean() ? GENERATION_EDITS.next(data) : new byte[] {'{', '}'};
          read(EDITS.next(data), generation);
          return "read";
        });
  }

  private static void read(byte[] config) {
    read(config, new byte[] {'{', '}'});
  }

  private static void read(byte[] config, byte[] generation) {
    JsonNode json = JsonFile.parse(ByteBuffer.wrap(config), FILE);
    Optional<JsonNode> more = Optional.of(JsonFile.parse(ByteBuffer.wrap(generation), FILE));
    ArchitectureConfig.read(FILE, json, more).requireTensors(WEIGHTS, FILE);
  }
}
