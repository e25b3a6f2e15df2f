package org.soft4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.soft.ResolvedSettings;

/**
 * Everything a run is made of, decided and not yet loaded.
 *
 * @param name of the preset it began with
 * @param data model, prompts, pool, benchmarks and how they are run
 * @param model how the model is opened
 * @param settings options of the method, each with its origin
 * @param measuring where and by whom its models are measured
 * @param command that makes the same run
 */
public record RunPlan(
    String name,
    Preset data,
    ModelChoice model,
    ResolvedSettings settings,
    Measuring measuring,
    String command) {
  private static final String OPTION = "options.";
  private static final String SHOTS_OF = "shots_of";

  static RunPlan of(String preset) {
    Preset data = Preset.named(preset);
    ResolvedSettings settings =
        ResolvedSettings.defaults().with(data.settings(), "preset " + preset);
    return new RunPlan(
        preset,
        data,
        ModelChoice.of(data.model()),
        settings,
        Measuring.DEFAULT,
        "./soft4j run " + preset);
  }

  public static RunPlan recorded(Path runJson) {
    JsonNode run = Json.read(WholeFile.read(runJson), JsonNode.class, runJson.toString());
    JsonNode sources = run.path("sources");
    String preset = sources.path("preset").asText();
    if (preset.isEmpty()) {
      throw new UserError(
          "%s does not say which preset its run began with.".formatted(runJson),
          "Name the preset too: ./soft4j run micro --config %s".formatted(runJson));
    }
    RunPlan begun = of(preset);
    RunPlan plan =
        begun
            .withPrompts(sources.path("prompts").asText())
            .withPool(sources.path("pool").asText())
            .withTasks(list(sources.path("tasks").asText()))
            .withOptions(options(sources))
            .withLimit(sources.path("limit").asInt())
            .withShots(
                shots(sources).orElse(begun.data.shots()), shotsOf(sources, begun.data.shotsOf()))
            .withCommand(sources.path("command").asText());
    JsonNode model = run.path("model");
    ModelChoice choice =
        new ModelChoice(
            sources.path("model").asText(),
            Optional.of(sources.path("adapter").asText())
                .filter(text -> !text.isEmpty())
                .map(Path::of),
            model.path("device").asText("auto"),
            model.path("dtype").asText("auto"),
            sources.path("threads").asInt(),
            sources.path("bos").asText("auto"));
    ResolvedSettings settings =
        plan.settings.withConfig(WholeFile.read(runJson), runJson.toString());
    return plan.with(choice).with(settings).with(measuring(sources));
  }

  /** Where things came from, for run.json. */
  public Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("preset", name);
    sources.put("model", model.model());
    sources.put("adapter", model.adapter().map(Path::toString).orElse(""));
    sources.put("threads", String.valueOf(model.threads()));
    sources.put("bos", model.bos());
    sources.put("prompts", data.prompts());
    sources.put("pool", data.pool());
    sources.put("template", data.template());
    sources.put("tasks", String.join(",", data.tasks()));
    data.options().forEach((option, value) -> sources.put(OPTION + option, value));
    sources.put("limit", String.valueOf(data.limit()));
    sources.put(
        "shots", data.shots().stream().map(String::valueOf).collect(Collectors.joining(",")));
    sources.put(SHOTS_OF, shotsOf(data.shotsOf()));
    sources.putAll(measuring.sources());
    sources.put("headline", String.join(",", data.headline()));
    sources.put("command", command);
    return sources;
  }

  RunPlan with(ModelChoice choice) {
    return new RunPlan(name, data, choice, settings, measuring, command);
  }

  RunPlan with(ResolvedSettings newSettings) {
    return new RunPlan(name, data, model, newSettings, measuring, command);
  }

  RunPlan with(Measuring newMeasuring) {
    return new RunPlan(name, data, model, settings, newMeasuring, command);
  }

  RunPlan withCommand(String newCommand) {
    return new RunPlan(name, data, model, settings, measuring, newCommand);
  }

  RunPlan withPrompts(String prompts) {
    Preset.Choices was = data.choices();
    return on(
        new Preset.Choices(
            prompts,
            was.pool(),
            was.tasks(),
            was.options(),
            was.limit(),
            was.shots(),
            was.shotsOf()));
  }

  RunPlan withPool(String pool) {
    Preset.Choices was = data.choices();
    return on(
        new Preset.Choices(
            was.prompts(),
            pool,
            was.tasks(),
            was.options(),
            was.limit(),
            was.shots(),
            was.shotsOf()));
  }

  RunPlan withTasks(List<String> tasks) {
    Preset.Choices was = data.choices();
    return on(
        new Preset.Choices(
            was.prompts(),
            was.pool(),
            tasks,
            was.options(),
            was.limit(),
            was.shots(),
            was.shotsOf()));
  }

  /** Options of benchmarks besides those of the preset, which they replace where both are. */
  RunPlan withOptions(Map<String, String> options) {
    Preset.Choices was = data.choices();
    Map<String, String> all = new LinkedHashMap<>(was.options());
    all.putAll(options);
    return on(
        new Preset.Choices(
            was.prompts(), was.pool(), was.tasks(), all, was.limit(), was.shots(), was.shotsOf()));
  }

  RunPlan withLimit(int limit) {
    Preset.Choices was = data.choices();
    return on(
        new Preset.Choices(
            was.prompts(),
            was.pool(),
            was.tasks(),
            was.options(),
            limit,
            was.shots(),
            was.shotsOf()));
  }

  /** Every benchmark at these numbers, also one for which the preset has others. */
  RunPlan withShots(List<Integer> shots) {
    return withShots(shots, Map.of());
  }

  private RunPlan withShots(List<Integer> shots, Map<String, List<Integer>> shotsOf) {
    Preset.Choices was = data.choices();
    return on(
        new Preset.Choices(
            was.prompts(), was.pool(), was.tasks(), was.options(), was.limit(), shots, shotsOf));
  }

  private RunPlan on(Preset.Choices choices) {
    return new RunPlan(name, data.on(choices), model, settings, measuring, command);
  }

  /** Earlier versions took those of the preset without writing them down. */
  private static Optional<List<Integer>> shots(JsonNode sources) {
    return Optional.of(list(sources.path("shots").asText()))
        .filter(numbers -> !numbers.isEmpty())
        .map(numbers -> numbers.stream().map(Integer::valueOf).toList());
  }

  /** As text: {@code vicuna=0 hhh=0,1}. */
  private static String shotsOf(Map<String, List<Integer>> shotsOf) {
    return new TreeMap<>(shotsOf)
        .entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + "="
                        + e.getValue().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",")))
            .collect(Collectors.joining(" "));
  }

  /** Earlier versions took those of the preset without writing them down, whatever was asked. */
  private static Map<String, List<Integer>> shotsOf(
      JsonNode sources, Map<String, List<Integer>> preset) {
    if (!sources.has(SHOTS_OF)) {
      return preset;
    }
    Map<String, List<Integer>> shotsOf = new TreeMap<>();
    for (String one : sources.path(SHOTS_OF).asText().split(" ")) {
      if (!one.isEmpty()) {
        int end = one.lastIndexOf('=');
        shotsOf.put(
            one.substring(0, end),
            list(one.substring(end + 1)).stream().map(Integer::valueOf).toList());
      }
    }
    return shotsOf;
  }

  private static Measuring measuring(JsonNode sources) {
    Measuring measuring = Measuring.DEFAULT;
    for (var source : sources.properties()) {
      if (Measuring.owns(source.getKey())) {
        measuring = measuring.with(source.getKey(), source.getValue().asText());
      }
    }
    return measuring;
  }

  private static Map<String, String> options(JsonNode sources) {
    Map<String, String> options = new LinkedHashMap<>();
    sources
        .properties()
        .forEach(
            source -> {
              if (source.getKey().startsWith(OPTION)) {
                options.put(source.getKey().substring(OPTION.length()), source.getValue().asText());
              }
            });
    return options;
  }

  private static List<String> list(String commas) {
    return Stream.of(commas.split(",")).filter(text -> !text.isBlank()).toList();
  }
}
