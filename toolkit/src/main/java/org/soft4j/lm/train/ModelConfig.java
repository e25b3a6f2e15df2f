package org.soft4j.lm.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.soft4j.error.UserError;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.Positions;
import org.soft4j.lm.files.StoredTensor;

/** Writes config.json of a Llama model in the spelling that transformers reads. */
final class ModelConfig {
  private ModelConfig() {}

  static void write(Path folder, Architecture a, StoredTensor.Type type) {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.putArray("architectures").add(a.family().className());
    json.put("model_type", a.family().modelType());
    json.put("vocab_size", a.vocabularySize());
    json.put("hidden_size", a.hiddenSize());
    json.put("intermediate_size", a.intermediateSize());
    json.put("num_hidden_layers", a.layers());
    json.put("num_attention_heads", a.heads());
    json.put("num_key_value_heads", a.keyValueHeads());
    json.put("head_dim", a.headDimension());
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", a.kind().norm().epsilon());
    if (a.kind().positions() instanceof Positions.Rotary rotary) {
      json.put("rope_theta", rotary.theta());
    }
    json.put("max_position_embeddings", a.maxPositions());
    json.put("tie_word_embeddings", a.tiedHead());
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    a.beginToken().ifPresent(id -> json.put("bos_token_id", id));
    if (a.stopTokens().size() == 1) {
      json.put("eos_token_id", a.stopTokens().get(0));
    } else {
      a.stopTokens().forEach(json.putArray("eos_token_id")::add);
    }
    json.put("torch_dtype", type == StoredTensor.Type.F32 ? "float32" : "bfloat16");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UserError(
          "Cannot write " + folder.resolve("config.json") + ": " + e.getMessage(),
          "Check that the disk has room and the folder may be written.",
          e);
    }
  }
}
