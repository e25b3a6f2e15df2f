package org.soft4j.lm.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Family;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.family.SlidingWindow;
import org.soft4j.lm.files.StoredTensor;

/** Writes config.json of a model in the spelling that transformers 4 and 5 read. */
final class ModelConfig {
  private final Architecture shape;
  private final ObjectNode json = JsonMapper.builder().build().createObjectNode();

  private ModelConfig(Architecture shape) {
    this.shape = shape;
  }

  /**
   * Writes the file.
   *
   * @throws UserError if the folder cannot be written, or if config.json has no words for the model
   */
  static void write(Path folder, Architecture shape, StoredTensor.Type type) {
    String text = new ModelConfig(shape).text(type);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), text);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write " + folder.resolve("config.json") + ": " + e.getMessage(),
          "Check that the disk has room and the folder may be written.",
          e);
    }
  }

  private String text(StoredTensor.Type type) {
    json.putArray("architectures").add(shape.family().className());
    json.put("model_type", shape.family().modelType());
    json.put("vocab_size", shape.vocabularySize());
    if (shape.family() == Family.GPT2) {
      gpt2();
    } else {
      llama();
    }
    tokens();
    json.put("torch_dtype", type == StoredTensor.Type.F32 ? "float32" : "bfloat16");
    return json.toPrettyString() + "\n";
  }

  private void gpt2() {
    json.put("n_embd", shape.hiddenSize());
    json.put("n_inner", shape.intermediateSize());
    json.put("n_layer", shape.layers());
    json.put("n_head", shape.heads());
    json.put("n_positions", shape.maxPositions());
    json.put("activation_function", "gelu_new");
    json.put("layer_norm_epsilon", shape.kind().norm().epsilon());
    json.put("tie_word_embeddings", shape.tiedHead());
  }

  private void llama() {
    json.put("hidden_size", shape.hiddenSize());
    json.put("intermediate_size", shape.intermediateSize());
    json.put("num_hidden_layers", shape.layers());
    json.put("num_attention_heads", shape.heads());
    json.put("num_key_value_heads", shape.keyValueHeads());
    json.put("head_dim", shape.headDimension());
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", shape.kind().norm().epsilon());
    rope();
    json.put("max_position_embeddings", shape.maxPositions());
    json.put("tie_word_embeddings", shape.tiedHead());
    if (shape.family() == Family.LLAMA || shape.family() == Family.QWEN3) {
      json.put("attention_bias", shape.kind().biases().queryKeyValue());
    }
    if (shape.family() == Family.LLAMA) {
      json.put("mlp_bias", shape.kind().biases().feedForward());
    }
    if (shape.family() != Family.LLAMA) {
      window();
    }
  }

  private void rope() {
    if (!(shape.kind().positions() instanceof Positions.Rotary rotary)) {
      return;
    }
    json.put("rope_theta", rotary.theta());
    if (rotary.scaling() instanceof RopeScaling.Linear linear) {
      json.putObject("rope_scaling").put("rope_type", "linear").put("factor", linear.factor());
    } else if (rotary.scaling() instanceof RopeScaling.Llama3 llama3) {
      json.putObject("rope_scaling")
          .put("rope_type", "llama3")
          .put("factor", llama3.factor())
          .put("low_freq_factor", llama3.lowFactor())
          .put("high_freq_factor", llama3.highFactor())
          .put("original_max_position_embeddings", (long) llama3.original());
    } else if (rotary.scaling() instanceof RopeScaling.Factors) {
      throw new UserError(
          "The model's rotary frequencies have factors of their own (GGUF's rope_freqs), which"
              + " config.json has no words for.",
          "Fine-tune from the model's Hugging Face folder instead of its GGUF file.");
    }
  }

  private void window() {
    SlidingWindow window = shape.kind().window();
    boolean qwen = shape.family() == Family.QWEN2 || shape.family() == Family.QWEN3;
    if (qwen) {
      json.put("use_sliding_window", window.size() > 0);
    }
    if (window.size() == 0) {
      json.putNull("sliding_window");
      return;
    }
    json.put("sliding_window", window.size());
    if (qwen) {
      ArrayNode types = json.putArray("layer_types");
      for (int layer = 0; layer < shape.layers(); layer++) {
        types.add(window.in(layer) ? "sliding_attention" : "full_attention");
      }
    }
  }

  private void tokens() {
    shape.beginToken().ifPresent(id -> json.put("bos_token_id", id));
    if (shape.beginToken().isEmpty()) {
      json.putNull("bos_token_id");
    }
    if (shape.stopTokens().size() == 1) {
      json.put("eos_token_id", shape.stopTokens().get(0));
    } else {
      shape.stopTokens().forEach(json.putArray("eos_token_id")::add);
    }
  }
}
