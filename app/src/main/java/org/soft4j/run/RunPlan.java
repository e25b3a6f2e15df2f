package org.soft4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.settings.Settings;

/**
 * Everything a run is made of, decided and not yet loaded.
 *
 * @param name of the preset it began with
 * @param settings every option, each with its origin
 * @param command that makes the same run
 */
public record RunPlan(String name, Resolved<Settings> settings, String command) {
  private static final String MODEL = "model.name";
  private static final List<String> PARTS = List.of("data.", "model.");
  // Recorded as the opened model has them, since auto may become another device elsewhere.
  private static final List<String> OF_THE_MODEL = List.of("device", "dtype");

  // Runs of earlier versions have no such entries.
  private static final List<String> RARE =
      List.of("data.include", "data.folder", "data.validation", "model.adapter");

  static RunPlan of(String preset) {
    return new RunPlan(preset, runOf(preset), "./soft4j run " + preset);
  }

  private static Resolved<Settings> runOf(String preset) {
    return Settings.preset(preset).forCommand("run");
  }

  /** The plan of a run that was recorded, also by an earlier version. */
  public static RunPlan recorded(Path runJson) {
    String text = WholeFile.read(runJson);
    JsonNode run = Json.read(text, JsonNode.class, runJson.toString());
    JsonNode sources = run.path("sources");
    String preset = sources.path("preset").asText();
    if (preset.isEmpty()) {
      throw new UserError(
          "%s does not say which preset its run began with.".formatted(runJson),
          "Name the preset too: ./soft4j run micro --config %s".formatted(runJson));
    }
    Resolved<Settings> begun = runOf(preset);
    Map<String, String> values = new LinkedHashMap<>();
    for (var source : sources.properties()) {
      key(source.getKey(), begun).ifPresent(key -> values.put(key, source.getValue().asText()));
    }
    // Earlier versions took the preset's without writing them down.
    values.remove("data.shots", "");
    String template = run.path("inputs").path("template").path("name").asText();
    if (ContextTemplate.NAMES.contains(template)) {
      values.putIfAbsent("data.template", template);
    }
    OF_THE_MODEL.forEach(
        key -> values.put("model." + key, run.path("model").path(key).asText("auto")));
    Resolved<Settings> settings =
        begun.with(values, "config " + runJson).withConfig(text, runJson.toString());
    return new RunPlan(preset, settings, sources.path("command").asText());
  }

  /** Where things came from, for run.json; {@link #recorded} reads it. */
  public Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("preset", name);
    settings
        .texts()
        .forEach(
            (key, text) ->
                source(key)
                    .filter(source -> settings.knows(key))
                    .filter(source -> !(RARE.contains(key) && text.isEmpty()))
                    .ifPresent(source -> sources.put(source, text)));
    sources.put("command", command);
    return sources;
  }

  /** The name in run.json; empty for what stands elsewhere in it, or is said by nothing. */
  private Optional<String> source(String key) {
    if (key.equals(MODEL)) {
      return Optional.of("model");
    }
    for (String part : PARTS) {
      if (key.startsWith(part)) {
        return Optional.of(key.substring(part.length()))
            .filter(name -> part.equals("data.") || !OF_THE_MODEL.contains(name));
      }
    }
    boolean idle = !values().judge().present() && !key.equals("judge.model");
    boolean served = values().server().labels() || values().eval().server().isPresent();
    return Optional.of(key)
        .filter(
            k ->
                k.startsWith("eval.")
                    || (k.startsWith("judge.") && !idle)
                    || (k.startsWith("server.") && served));
  }

  private static Optional<String> key(String source, Resolved<Settings> known) {
    if (source.equals("model")) {
      return Optional.of(MODEL);
    }
    return Stream.concat(Stream.of(""), PARTS.stream())
        .map(part -> part + source)
        .filter(known::knows)
        .findFirst();
  }

  /** The values of all options. */
  public Settings values() {
    return settings.value();
  }

  RunPlan with(Resolved<Settings> other) {
    return new RunPlan(name, other, command);
  }

  RunPlan withCommand(String other) {
    return new RunPlan(name, settings, other);
  }
}
