package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.Printable;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;

/**
 * Rotary positions in config.json: {@code rope_theta} beside {@code rope_scaling} (transformers 4),
 * or both in {@code rope_parameters} (transformers 5).
 */
final class RopeConfig {
  private static final Set<String> KNOWN =
      Set.of(
          "rope_type",
          "type",
          "rope_theta",
          "factor",
          "low_freq_factor",
          "high_freq_factor",
          "original_max_position_embeddings",
          "partial_rotary_factor",
          "finetuned");

  private final ConfigJson config;
  private final String field;
  private final JsonNode scaling;

  private RopeConfig(ConfigJson config, String field) {
    this.config = config;
    this.field = field;
    this.scaling = config.get(field);
  }

  static Positions.Rotary read(ConfigJson config) {
    Positions.Rotary earlier = new RopeConfig(config, "rope_scaling").rotary();
    if (config.absent("rope_parameters")) {
      return earlier;
    }
    Positions.Rotary later = new RopeConfig(config, "rope_parameters").rotary();
    config.refuseUnless(
        config.absent("rope_scaling") || earlier.scaling().equals(later.scaling()),
        "rope_scaling",
        "what rope_parameters says, " + config.get("rope_parameters") + ",");
    return later;
  }

  /** Writes what {@link #read} reads, in the earlier spelling, which both generations know. */
  static void write(Positions positions, ObjectNode json) {
    if (!(positions instanceof Positions.Rotary rotary)) {
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
          "Use the model's Hugging Face folder instead of its GGUF file.");
    }
  }

  private Positions.Rotary rotary() {
    for (Map.Entry<String, JsonNode> entry : scaling.properties()) {
      JsonNode value = entry.getValue();
      boolean off =
          value.isNull()
              || value.isBoolean() && !value.asBoolean()
              || value.isNumber() && entry.getKey().endsWith("factor") && value.asDouble() == 1;
      config.refuseUnless(
          off || KNOWN.contains(entry.getKey()),
          field,
          "no " + Printable.line(entry.getKey()) + " in");
    }
    config.refuseUnless(
        config.get("partial_rotary_factor").asDouble(1) == 1, "partial_rotary_factor", "1");
    config.refuseUnless(
        scaling.path("partial_rotary_factor").asDouble(1) == 1, field, "partial_rotary_factor 1");
    JsonNode inside = scaling.path("rope_theta");
    JsonNode theta = inside.isMissingNode() ? config.get("rope_theta") : inside;
    return new Positions.Rotary(config.positive("rope_theta", theta, 10000), scaling());
  }

  private RopeScaling scaling() {
    // One object per kind of layer is what some models of other families have.
    boolean perLayer =
        scaling.path("full_attention").isObject() || scaling.path("sliding_attention").isObject();
    config.refuseUnless(
        config.absent(field) || scaling.isObject() && !perLayer,
        field,
        "one object for all layers");
    String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(required("factor"));
      case "llama3" -> llama3();
      default -> {
        config.refuseUnless(false, field, "rope_type default, linear or llama3");
        throw new IllegalStateException(type);
      }
    };
  }

  private RopeScaling llama3() {
    double low = required("low_freq_factor");
    double high = required("high_freq_factor");
    if (low >= high) {
      throw config.damaged(field + " has low_freq_factor " + low + " and high_freq_factor " + high);
    }
    double original = required("original_max_position_embeddings");
    JsonNode outside = config.get("original_max_position_embeddings");
    config.refuseUnless(
        !outside.isNumber() || outside.asDouble() == original,
        "original_max_position_embeddings",
        "the one of " + field);
    return new RopeScaling.Llama3(required("factor"), low, high, original);
  }

  private double required(String name) {
    if (scaling.path(name).isMissingNode() || scaling.path(name).isNull()) {
      throw ModelErrors.unsupported(
          config.file(),
          field + " = " + scaling + " has no " + name,
          "Add " + name + " as the model's makers give it, or fetch config.json again.");
    }
    return config.positive(field + "." + name, scaling.path(name), 1);
  }
}
