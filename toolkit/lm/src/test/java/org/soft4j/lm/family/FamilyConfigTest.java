package org.soft4j.lm.family;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.source.GoldenModels;

/** The configurations of the golden models, made by tools/golden/families.py. */
class FamilyConfigTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private static Architecture read(JsonNode json) {
    return ArchitectureConfig.read(Path.of("config.json"), json, Optional.empty());
  }

  private static Architecture golden(String name) {
    return read(JsonFile.read(GOLDEN.resolve(name).resolve("config.json")));
  }

  @ParameterizedTest
  @MethodSource("org.soft4j.lm.source.GoldenModels#spelledTwice")
  void bothGenerationsOfTransformersSpellTheSameModel(String name) {
    JsonNode old = JsonFile.read(GOLDEN.resolve(name).resolve("config-4.json"));
    assertTrue(old.has("torch_dtype"));
    assertEquals(golden(name), read(old));
  }

  @Test
  void everyFamilyHasAGoldenModel() throws IOException {
    Set<String> golden =
        GoldenModels.spelledTwice().map(n -> golden(n).family().modelType()).collect(toSet());
    assertEquals(String.join(", ", new TreeSet<>(golden)), sorted(ModelFamilies.supported()));
  }

  private static String sorted(String names) {
    return String.join(", ", new TreeSet<>(List.of(names.split(", "))));
  }

  @Test
  void whatIsComputedIsReadFromTheFile() {
    assertEquals(new LayerKind.Biases(true, true, true), golden("llama-biases").kind().biases());
    assertEquals(
        new Positions.Rotary(10000, new RopeScaling.Linear(2.5)),
        golden("llama-biases").kind().positions());
    assertEquals(
        new Positions.Rotary(500000, new RopeScaling.Llama3(8, 1, 4, 48)),
        golden("llama3-rope").kind().positions());
    assertEquals(16, golden("llama3-rope").headDimension());
    assertEquals(
        new SlidingWindow(6, List.of(true, true)), golden("mistral-window").kind().window());
    assertEquals(SlidingWindow.NONE, golden("qwen2").kind().window());
    assertEquals(new LayerKind.Biases(true, false, false), golden("qwen2").kind().biases());
    assertEquals(
        new SlidingWindow(5, List.of(false, false, true)), golden("qwen2-window").kind().window());
    assertEquals(new SlidingWindow(7, List.of(true, false)), golden("qwen3-mixed").kind().window());
    assertTrue(golden("qwen3").kind().headNorms());
    assertEquals(96, golden("gpt2").intermediateSize());
    assertTrue(golden("gpt2").tiedHead());
    assertEquals(new Positions.Learned(), golden("gpt2").kind().positions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama3-rope|{'rope_parameters': {'rope_type': 'yarn', 'factor': 4.0}}|rope_parameters",
        "llama3-rope|{'rope_parameters': {'rope_type': 'dynamic', 'factor': 4.0}}|rope_parameters",
        "llama3-rope|{'rope_parameters': null, 'rope_scaling': {'type': 'longrope'}}|rope_scaling",
        "llama3-rope|{'rope_parameters': {'full_attention': {'rope_type':"
            + " 'default'}}}|rope_parameters",
        "llama3-rope|{'rope_parameters': {'rope_type': 'llama3'}}|low_freq_factor",
        "llama3-rope|{'rope_parameters': {'rope_type': 'linear', 'factor':"
            + " 0}}|rope_parameters.factor",
        "llama3-rope|{'rope_scaling': {'type': 'linear', 'factor': 2.0}}|rope_scaling",
        "qwen2|{'partial_rotary_factor': 0.5}|partial_rotary_factor",
        "qwen2|{'rope_parameters': {'partial_rotary_factor': 0.5}}|rope_parameters",
        "qwen2|{'quantization_config': {'bits': 4}}|quantization_config",
        "qwen2|{'hidden_act': 'gelu'}|hidden_act",
        // Fields of one family in another: each would give other numbers without a word.
        "mistral-window|{'layer_types': ['full_attention', 'sliding_attention']}|layer_types",
        "mistral-window|{'use_sliding_window': false}|use_sliding_window",
        "mistral-window|{'attention_bias': true}|attention_bias",
        "llama3-rope|{'layer_types': ['sliding_attention', 'full_attention']}|layer_types",
        "llama3-rope|{'sliding_window': 16}|sliding_window",
        "llama3-rope|{'is_causal': false}|is_causal",
        "llama3-rope|{'attention_chunk_size': 8192}|attention_chunk_size",
        "llama3-rope|{'residual_multiplier': 0.22}|residual_multiplier",
        "llama3-rope|{'embedding_multiplier': 12}|embedding_multiplier",
        "llama3-rope|{'use_qk_norm': true}|use_qk_norm",
        "llama3-rope|{'original_max_position_embeddings': 96}|original_max_position_embeddings",
        "llama3-rope|{'rope_parameters': {'rope_type': 'default', 'mrope_section': [2, 3,"
            + " 3]}}|mrope",
        "qwen2|{'layer_types': ['full_attention', 'sliding_attention']}|layer_types",
        "qwen2|{'dual_chunk_attention_config': {'chunk_size': 1}}|dual_chunk_attention_config",
        "qwen3|{'mlp_bias': true}|mlp_bias",
        "gpt2|{'rope_theta': 10000.0}|rope_theta",
        "gpt2|{'num_hidden_layers': 3}|num_hidden_layers",
        "qwen3|{'num_experts': 8}|num_experts",
        "llama3-rope|{'num_local_experts': 8}|num_local_experts",
        "llama3-rope|{'final_logit_softcapping': 30.0}|final_logit_softcapping",
        "llama3-rope|{'attn_logit_softcapping': 50.0}|attn_logit_softcapping",
        "qwen2-window|{'layer_types': ['chunked_attention', 'full_attention',"
            + " 'full_attention']}|layer_types",
        "qwen2-window|{'layer_types': ['full_attention']}|layer_types",
        "qwen2-window|{'use_sliding_window': 'yes'}|use_sliding_window",
        "mistral-window|{'sliding_window': 0}|sliding_window",
        "mistral-window|{'num_hidden_layers': 2000000000}|num_hidden_layers",
        "gpt2|{'activation_function': 'gelu'}|activation_function",
        "gpt2|{'scale_attn_weights': false}|scale_attn_weights",
        "gpt2|{'scale_attn_by_inverse_layer_idx': true}|scale_attn_by_inverse_layer_idx",
        "gpt2|{'add_cross_attention': true}|add_cross_attention",
        "gpt2|{'n_head': 5}|n_head",
        "gpt2|{'model_type': 'gpt_neox'}|gpt_neox",
        "qwen2|{'model_type': 'mixtral'}|mixtral"
      })
  void whatWouldBeComputedWronglyIsRefusedByName(String name, String change, String named)
      throws Exception {
    ObjectNode json = (ObjectNode) JsonFile.read(GOLDEN.resolve(name).resolve("config.json"));
    json.setAll((ObjectNode) JsonMapper.builder().build().readTree(change.replace('\'', '"')));
    UserError error = assertThrows(UserError.class, () -> read(json));
    assertTrue(error.getMessage().contains(named), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama3-rope|{'rope_parameters': {'rope_type': 'yarn'}}|default, linear or llama3",
        "qwen2|{'hidden_act': 'gelu'}|silu",
        "gpt2|{'activation_function': 'relu'}|gelu_new or gelu_pytorch_tanh",
        "qwen2|{'quantization_config': {'bits': 4}}|a GGUF file",
        "qwen2|{'model_type': 'mixtral'}|qwen2"
      })
  void aRefusalSaysWhatWouldDo(String name, String change, String usable) throws Exception {
    ObjectNode json = (ObjectNode) JsonFile.read(GOLDEN.resolve(name).resolve("config.json"));
    json.setAll((ObjectNode) JsonMapper.builder().build().readTree(change.replace('\'', '"')));
    UserError error = assertThrows(UserError.class, () -> read(json));
    assertTrue(error.remedy().contains(usable), error::remedy);
  }

  /** Fields of real files that change nothing, and what is off. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama3-rope|{'is_llama_config': true, 'rope_interleaved': false, 'pretraining_tp': 1}",
        "llama3-rope|{'activation': 'swiglu', 'unsloth_version': '2025.1', 'residual_multiplier':"
            + " 1.0}",
        "llama3-rope|{'sliding_window': null, 'layer_types': ['full_attention', 'full_attention']}",
        "llama3-rope|{'original_max_position_embeddings': 48, '_attn_implementation_autoset':"
            + " true}",
        "mistral-window|{'layer_types': ['sliding_attention', 'sliding_attention']}",
        "qwen2|{'use_mrope': false, 'attention_bias': false, 'num_experts': 0}",
        "gpt2|{'summary_activation': 'tanh', 'n_ctx': 160, 'resid_pdrop': 0.1}"
      })
  void whatChangesNothingIsPassedOver(String name, String change) throws Exception {
    ObjectNode json = (ObjectNode) JsonFile.read(GOLDEN.resolve(name).resolve("config.json"));
    json.setAll((ObjectNode) JsonMapper.builder().build().readTree(change.replace('\'', '"')));
    assertEquals(golden(name), read(json));
  }

  @Test
  void otherFieldsAreListed() throws Exception {
    JsonNode json =
        JsonMapper.builder().build().readTree("{\"use_cache\": true, \"my_note\": \"x\"}");
    assertEquals(Set.of("my_note"), ConfigFields.unread(ModelFamilies.LLAMA, json));
    JsonNode generation =
        JsonMapper.builder()
            .build()
            .readTree("{\"repetition_penalty\": 1.1, \"num_beams\": 1, \"top_p\": 0.8}");
    assertEquals(
        Set.of("generation_config.json's repetition_penalty"),
        ConfigFields.changesGreedy(generation));
  }

  @Test
  void aFileOfBothGenerationsMaySayTheSameTwice() {
    ObjectNode json =
        (ObjectNode) JsonFile.read(GOLDEN.resolve("llama3-rope").resolve("config.json"));
    JsonNode old = JsonFile.read(GOLDEN.resolve("llama3-rope").resolve("config-4.json"));
    json.set("rope_scaling", old.get("rope_scaling"));
    assertEquals(golden("llama3-rope"), read(json));
  }

  @Test
  void aWindowNoShorterThanTheLongestContextIsNone() {
    ObjectNode json =
        (ObjectNode) JsonFile.read(GOLDEN.resolve("mistral-window").resolve("config.json"));
    assertEquals(SlidingWindow.NONE, read(json.put("sliding_window", 160)).kind().window());
    assertEquals(SlidingWindow.NONE, read(json.putNull("sliding_window")).kind().window());
    // Where the key is missing transformers takes 4,096.
    json.remove("sliding_window");
    json.put("max_position_embeddings", 32768);
    assertEquals(SlidingWindow.everywhere(4096, 2), read(json).kind().window());
  }

  @Test
  void frequenciesAreThoseOfTransformers() {
    // transformers 5.23, ROPE_INIT_FUNCTIONS["llama3"] with Llama 3.2's settings and heads of 16.
    float[] llama3 = {
      1.0f,
      0.193922758102417f,
      0.03760603070259094f,
      0.00729266507551074f,
      0.000429556705057621f,
      8.570255886297673e-06f,
      1.6619674170215148e-06f,
      3.2229328894572973e-07f
    };
    assertArrayEquals(
        llama3,
        new Positions.Rotary(500000, new RopeScaling.Llama3(32, 1, 4, 8192)).frequencies(16),
        1e-7f);
    // The same of "linear", theta 10,000, factor 4, heads of 8.
    float[] linear = {0.25f, 0.025f, 0.0025f, 0.00025f};
    assertArrayEquals(
        linear, new Positions.Rotary(10000, new RopeScaling.Linear(4)).frequencies(8), 1e-9f);
  }
}
