package org.soft4j.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;

/** Reads the presets, which may stand on a recipe that several share. */
final class Preset {
  private Preset() {}

  /** A preset's file; an unknown name is a UserError. */
  static JsonNode read(String name) {
    if (!Settings.PRESETS.contains(name)) {
      throw new UserError(
          "There is no preset \"%s\".%s".formatted(name, DidYouMean.hint(name, Settings.PRESETS)),
          "Choose among: %s.".formatted(String.join(", ", Settings.PRESETS)));
    }
    return resource(name);
  }

  private static JsonNode resource(String name) {
    String resource = name + ".json";
    try (InputStream in = Settings.class.getResourceAsStream(resource)) {
      return Json.read(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class, resource);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The settings of a preset, over others; each value knows why it is this one, where told. */
  static Resolved<Settings> over(Resolved<Settings> defaults, String name) {
    JsonNode preset = read(name);
    Resolved<Settings> settings = defaults;
    Map<String, String> why = new LinkedHashMap<>();
    if (preset.has("with")) {
      JsonNode recipe = resource(preset.get("with").asText());
      settings = settings.with((ObjectNode) recipe.get("settings"), origin(name));
      recipe.path("origins").properties().forEach(o -> why.put(o.getKey(), o.getValue().asText()));
    }
    settings = settings.with((ObjectNode) preset.get("settings"), origin(name));
    preset.path("origins").properties().forEach(o -> why.put(o.getKey(), o.getValue().asText()));
    Map<String, String> texts = new LinkedHashMap<>();
    settings
        .texts()
        .forEach(
            (key, text) -> {
              if (why.containsKey(key)) {
                texts.put(key, text);
              }
            });
    return texts.isEmpty()
        ? settings
        : settings.with(texts, key -> origin(name) + ": " + why.get(key));
  }

  private static String origin(String name) {
    return "preset " + name;
  }
}
