package org.soft4j.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.judging.JudgeSettings;
import org.soft4j.soft.SoftSettings;

/**
 * Every option of a run, in one tree. {@link Resolved} changes them by dotted key and remembers
 * where each value came from; a flag is an alias of a key.
 *
 * @param soft options of the method, whose keys have no prefix: {@code training.rank}
 * @param model which is opened, and how
 * @param data what is learned from, and what is measured
 * @param eval how models are measured
 * @param judge that grades the answers of every round
 */
public record RunSettings(
    @JsonUnwrapped SoftSettings soft,
    ModelSettings model,
    DataSettings data,
    EvalSettings eval,
    JudgeSettings judge) {
  /** Names of the presets there are. */
  public static final List<String> PRESETS = List.of("micro", "smollm2");

  /** Every default. */
  public static final RunSettings DEFAULT =
      new RunSettings(
          SoftSettings.DEFAULT,
          ModelSettings.DEFAULT,
          DataSettings.DEFAULT,
          EvalSettings.DEFAULT,
          JudgeSettings.NONE);

  // What was chosen for one value of the first means nothing beside another.
  private static final Map<String, String> FORGOTTEN =
      Map.of("data.shots", "data.shots_of", "model.name", "model.adapter");

  /** The settings of a preset, over the defaults; an unknown name is a UserError. */
  public static Resolved<RunSettings> preset(String name) {
    if (!PRESETS.contains(name)) {
      throw new UserError(
          "There is no preset \"%s\".%s".formatted(name, DidYouMean.hint(name, PRESETS)),
          "Choose among: %s.".formatted(String.join(", ", PRESETS)));
    }
    String resource = name + ".json";
    try (InputStream in = RunSettings.class.getResourceAsStream(resource)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode tree = Json.read(json, JsonNode.class, resource).get("settings");
      return Resolved.defaults(DEFAULT).with((ObjectNode) tree, "preset " + name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * What a person asks for, over what was there: numbers of demonstrations hold for every
   * benchmark, and an adapter does not stay on another model.
   *
   * @param origin of each key
   */
  public static Resolved<RunSettings> asked(
      Resolved<RunSettings> settings, Map<String, String> values, UnaryOperator<String> origin) {
    Map<String, String> all = new LinkedHashMap<>(values);
    FORGOTTEN.forEach(
        (key, other) -> {
          if (values.containsKey(key)) {
            all.putIfAbsent(other, "");
          }
        });
    return settings.with(all, origin);
  }
}
