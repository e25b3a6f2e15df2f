package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.soft4j.error.UserError;

/**
 * Reads config.json of the Llama family, in the spelling of transformers 4 and 5; whatever the
 * decoder would compute wrongly is refused by name.
 */
final class LlamaConfig {
  private static final String REMEDY =
      "Use a model of the Llama family without this setting, such as SmolLM2 or Llama 2.";

  private final Path file;
  private final JsonNode json;

  private LlamaConfig(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  static Architecture read(Path file, JsonNode json, Optional<JsonNode> generation) {
    LlamaConfig config = new LlamaConfig(file, json);
    config.refuseForeign();
    return config.architecture(generation);
  }

  private void refuseForeign() {
    String type = json.path("model_type").asText("");
    if (!type.equals("llama")) {
      throw ModelErrors.unsupported(
          file,
          type.isEmpty() ? "has no model_type" : "model_type \"" + type + "\" is not supported",
          "Supported families: llama (Llama 1 and 2, SmolLM, SmolLM2, TinyLlama).");
    }
    for (String bias : List.of("attention_bias", "mlp_bias")) {
      refuseUnless(!json.path(bias).asBoolean(false), bias);
    }
    refuseUnless(json.path("hidden_act").asText("silu").equals("silu"), "hidden_act");
    refuseUnless(absent("quantization_config"), "quantization_config");
    refuseUnless(json.path("partial_rotary_factor").asDouble(1) == 1, "partial_rotary_factor");
    for (String rope : List.of("rope_scaling", "rope_parameters")) {
      JsonNode scaling = json.path(rope);
      String kind = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
      refuseUnless(absent(rope) || kind.equals("default"), rope);
    }
  }

  private void refuseUnless(boolean supported, String field) {
    if (!supported) {
      throw ModelErrors.unsupported(
          file, field + " = " + json.path(field) + " is not supported", REMEDY);
    }
  }

  private Architecture architecture(Optional<JsonNode> generation) {
    int hidden = count("hidden_size");
    int heads = count("num_attention_heads");
    int keyValueHeads = absent("num_key_value_heads") ? heads : count("num_key_value_heads");
    int headDimension = absent("head_dim") ? hidden / heads : count("head_dim");
    if (absent("head_dim") && hidden % heads != 0) {
      throw damaged("hidden_size " + hidden + " is no multiple of num_attention_heads " + heads);
    }
    if (heads % keyValueHeads != 0) {
      throw damaged(
          "num_attention_heads "
              + heads
              + " is no multiple of num_key_value_heads "
              + keyValueHeads);
    }
    if (headDimension % 2 != 0) {
      throw damaged("head_dim " + headDimension + " is odd, and rotary embeddings need pairs");
    }
    int vocabulary = count("vocab_size");
    return new Architecture(
        Family.LLAMA,
        vocabulary,
        hidden,
        count("intermediate_size"),
        count("num_hidden_layers"),
        heads,
        keyValueHeads,
        headDimension,
        LayerKind.llama(positive("rms_norm_eps", json.path("rms_norm_eps"), 1e-6), ropeTheta()),
        json.path("tie_word_embeddings").asBoolean(false),
        absent("max_position_embeddings") ? 2048 : count("max_position_embeddings"),
        beginToken(vocabulary),
        stopTokens(vocabulary, generation));
  }

  private double ropeTheta() {
    JsonNode inParameters = json.path("rope_parameters").path("rope_theta");
    return positive(
        "rope_theta", inParameters.isMissingNode() ? json.path("rope_theta") : inParameters, 10000);
  }

  private OptionalInt beginToken(int vocabulary) {
    Set<Integer> ids = tokens(json.path("bos_token_id"), "bos_token_id", vocabulary);
    return ids.stream().mapToInt(Integer::intValue).findFirst();
  }

  private List<Integer> stopTokens(int vocabulary, Optional<JsonNode> generation) {
    Set<Integer> ids = tokens(json.path("eos_token_id"), "eos_token_id", vocabulary);
    generation.ifPresent(
        g -> ids.addAll(tokens(g.path("eos_token_id"), "eos_token_id", vocabulary)));
    return new ArrayList<>(ids);
  }

  private Set<Integer> tokens(JsonNode node, String field, int vocabulary) {
    Set<Integer> ids = new LinkedHashSet<>();
    for (JsonNode id : node.isArray() ? node : List.of(node)) {
      if (id.isMissingNode() || id.isNull()) {
        continue;
      }
      if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() >= vocabulary) {
        throw damaged(field + " " + id + " is no token of a vocabulary of " + vocabulary);
      }
      // Some files say -1 where there is none.
      if (id.asInt() >= 0) {
        ids.add(id.asInt());
      }
    }
    return ids;
  }

  private int count(String field) {
    JsonNode node = json.path(field);
    if (absent(field)) {
      throw damaged("has no " + field);
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
      throw damaged(field + " = " + node + " is no positive count");
    }
    return node.asInt();
  }

  private double positive(String field, JsonNode node, double whenAbsent) {
    if (node.isMissingNode() || node.isNull()) {
      return whenAbsent;
    }
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw damaged(field + " = " + node + " is no positive number");
    }
    return node.asDouble();
  }

  private boolean absent(String field) {
    return json.path(field).isMissingNode() || json.path(field).isNull();
  }

  private UserError damaged(String detail) {
    return ModelErrors.damaged(file, detail);
  }
}
