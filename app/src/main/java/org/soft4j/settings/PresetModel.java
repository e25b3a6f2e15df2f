package org.soft4j.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;

/**
 * The model that a preset is made for, as far as it is known without its weights.
 *
 * @param name of the preset, and of the model in its settings
 * @param shape from the model's config.json
 * @param source of those numbers
 * @param weights how to get them
 */
public record PresetModel(String name, Architecture shape, String source, String weights) {
  /** Of a preset; empty where its model comes with soft4j or is fetched by name. */
  public static Optional<PresetModel> of(String preset) {
    JsonNode model = Preset.read(preset).path("model");
    if (model.isMissingNode()) {
      return Optional.empty();
    }
    Path file = Path.of(preset, "config.json");
    return Optional.of(
        new PresetModel(
            preset,
            ArchitectureConfig.read(file, model.path("config"), Optional.empty()),
            model.path("source").asText(),
            model.path("weights").asText()));
  }

  /** Says how to get the weights, where they are needed and not named. */
  public UserError absent() {
    return new UserError(
        "The weights of %s (%s) are not named.".formatted(name, source),
        "%s Then name the folder: ./soft4j run %s --model FOLDER. What a run would take is told by --plan without them."
            .formatted(weights, name));
  }
}
