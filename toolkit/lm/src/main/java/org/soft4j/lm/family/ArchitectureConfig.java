package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.soft4j.lm.files.ModelErrors;

/**
 * Reads a model's shape from config.json, in the spelling of transformers 4 and 5; whatever the
 * decoder would compute wrongly is refused by name.
 */
public final class ArchitectureConfig {
  /** More layers than any model has; a damaged count must not cost memory. */
  public static final int MOST_LAYERS = 10_000;

  private ArchitectureConfig() {}

  public static Architecture read(Path file, JsonNode json, Optional<JsonNode> generation) {
    ConfigJson config = new ConfigJson(file, json);
    String type = json.path("model_type").asText("");
    Family family =
        Family.of(type)
            .orElseThrow(
                () ->
                    ModelErrors.unsupported(
                        file,
                        type.isEmpty()
                            ? "has no model_type"
                            : "model_type \"" + type + "\" is not supported",
                        "Supported families: " + Family.supported() + "."));
    if (!config.absent("quantization_config")) {
      throw config.refused(
          "quantization_config",
          "Use the model's weights in F32, F16 or BF16, or a GGUF file of it.");
    }
    Optional<ConfigJson> generating = generation.map(node -> new ConfigJson(file, node));
    Architecture architecture =
        family == Family.GPT2
            ? Gpt2Config.read(config, generating)
            : LlamaConfig.read(family, config, generating);
    ConfigFields.check(family, config);
    return architecture;
  }

  /** Number of layers, bounded. */
  static int layers(ConfigJson config, String field) {
    int layers = config.count(field);
    if (layers > MOST_LAYERS) {
      throw config.damaged(field + " = " + layers + " is more than any model has");
    }
    return layers;
  }

  static OptionalInt beginToken(ConfigJson config, int vocabulary) {
    return config.tokens("bos_token_id", vocabulary).stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** Those of config.json, then those of generation_config.json. */
  static List<Integer> stopTokens(
      ConfigJson config, Optional<ConfigJson> generation, int vocabulary) {
    Set<Integer> ids = config.tokens("eos_token_id", vocabulary);
    generation.ifPresent(g -> ids.addAll(g.tokens("eos_token_id", vocabulary)));
    return new ArrayList<>(ids);
  }
}
