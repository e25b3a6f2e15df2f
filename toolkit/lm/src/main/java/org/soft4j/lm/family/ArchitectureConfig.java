package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.StoredTensor;

/**
 * Reads a model's shape from config.json and writes it there, in the spelling of transformers 4 and
 * 5; whatever the decoder would compute wrongly is refused by name.
 */
public final class ArchitectureConfig {
  /** More layers than any model has; a damaged count must not cost memory. */
  public static final int MOST_LAYERS = 10_000;

  private ArchitectureConfig() {}

  public static Architecture read(Path file, JsonNode json, Optional<JsonNode> generation) {
    ConfigJson config = new ConfigJson(file, json);
    String type = json.path("model_type").asText("");
    ModelFamily family =
        ModelFamilies.of(type)
            .orElseThrow(
                () ->
                    ModelErrors.unsupported(
                        file,
                        type.isEmpty()
                            ? "has no model_type"
                            : "model_type \"" + type + "\" is not supported",
                        "Supported families: " + ModelFamilies.supported() + "."));
    if (!config.absent("quantization_config")) {
      throw config.refused(
          "quantization_config",
          "Use the model's weights in F32, F16 or BF16, or a GGUF file of it.");
    }
    Optional<ConfigJson> generating = generation.map(node -> new ConfigJson(file, node));
    Architecture architecture = family.read(config, generating);
    ConfigFields.check(family, config);
    return architecture;
  }

  /**
   * Writes config.json.
   *
   * @param type of the weights beside it
   * @throws UserError if the folder cannot be written, or if config.json has no words for the model
   */
  public static void write(Path folder, Architecture shape, StoredTensor.Type type) {
    Path file = folder.resolve("config.json");
    String text = json(shape, type).toPrettyString() + "\n";
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write " + file + ": " + e.getMessage(),
          "Check that the disk has room and the folder may be written.",
          e);
    }
  }

  private static ObjectNode json(Architecture shape, StoredTensor.Type type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(shape.family().className());
    json.put("model_type", shape.family().modelType());
    json.put("vocab_size", shape.vocabularySize());
    shape.family().write(shape, json);
    OptionalInt begin = shape.beginToken();
    json.put("bos_token_id", begin.isPresent() ? begin.getAsInt() : null);
    if (shape.stopTokens().size() == 1) {
      json.put("eos_token_id", shape.stopTokens().get(0));
    } else {
      shape.stopTokens().forEach(json.putArray("eos_token_id")::add);
    }
    json.put("torch_dtype", dtype(type));
    return json;
  }

  /** A number format as config.json names it. */
  public static String dtype(StoredTensor.Type type) {
    return switch (type) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
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
