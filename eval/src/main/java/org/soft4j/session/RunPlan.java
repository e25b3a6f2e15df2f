package org.soft4j.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.error.UserError;
import org.soft4j.run.Json;
import org.soft4j.run.RunFolder;
import org.soft4j.soft.ResolvedSettings;

/**
 * Everything a run is made of, decided and not yet loaded.
 *
 * @param name of the preset it began with
 * @param data model, prompts, pool, benchmarks and how they are run
 * @param model how the model is opened
 * @param settings options of the method, each with its origin
 * @param command that makes the same run
 */
public record RunPlan(
    String name, Preset data, ModelChoice model, ResolvedSettings settings, String command) {
  static RunPlan of(String preset) {
    Preset data = Preset.named(preset);
    ResolvedSettings settings =
        ResolvedSettings.defaults().with(data.settings(), "preset " + preset);
    return new RunPlan(
        preset, data, ModelChoice.of(data.model()), settings, "./soft4j run " + preset);
  }

  static RunPlan recorded(Path runJson) {
    JsonNode run = Json.read(RunFolder.read(runJson), JsonNode.class, runJson.toString());
    JsonNode sources = run.path("sources");
    String preset = sources.path("preset").asText();
    if (preset.isEmpty()) {
      throw new UserError(
          "%s does not say which preset its run began with.".formatted(runJson),
          "Name the preset too: ./soft4j run micro --config %s".formatted(runJson));
    }
    RunPlan plan =
        of(preset)
            .withPrompts(sources.path("prompts").asText())
            .withPool(sources.path("pool").asText())
            .withTasks(list(sources.path("tasks").asText()))
            .withLimit(sources.path("limit").asInt())
            .withShots(list(sources.path("shots").asText()).stream().map(Integer::valueOf).toList())
            .withCommand(sources.path("command").asText());
    JsonNode model = run.path("model");
    ModelChoice choice =
        new ModelChoice(
            sources.path("model").asText(),
            java.util.Optional.of(sources.path("adapter").asText())
                .filter(text -> !text.isEmpty())
                .map(Path::of),
            model.path("device").asText("auto"),
            model.path("dtype").asText("auto"),
            sources.path("threads").asInt());
    ResolvedSettings settings =
        plan.settings.withConfig(RunFolder.read(runJson), runJson.toString());
    return plan.with(choice).with(settings);
  }

  /** Where things came from, for run.json. */
  Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("preset", name);
    sources.put("model", model.model());
    sources.put("adapter", model.adapter().map(Path::toString).orElse(""));
    sources.put("threads", String.valueOf(model.threads()));
    sources.put("prompts", data.prompts());
    sources.put("pool", data.pool());
    sources.put("template", data.template());
    sources.put("tasks", String.join(",", data.tasks()));
    sources.put("limit", String.valueOf(data.limit()));
    sources.put(
        "shots", data.shots().stream().map(String::valueOf).collect(Collectors.joining(",")));
    sources.put("headline", String.join(",", data.headline()));
    sources.put("command", command);
    return sources;
  }

  RunPlan with(ModelChoice choice) {
    return new RunPlan(name, data, choice, settings, command);
  }

  RunPlan with(ResolvedSettings newSettings) {
    return new RunPlan(name, data, model, newSettings, command);
  }

  RunPlan withCommand(String newCommand) {
    return new RunPlan(name, data, model, settings, newCommand);
  }

  RunPlan withPrompts(String prompts) {
    return with(new Parts(prompts, data.pool(), data.tasks(), data.limit(), data.shots()));
  }

  RunPlan withPool(String pool) {
    return with(new Parts(data.prompts(), pool, data.tasks(), data.limit(), data.shots()));
  }

  RunPlan withTasks(List<String> tasks) {
    return with(new Parts(data.prompts(), data.pool(), tasks, data.limit(), data.shots()));
  }

  RunPlan withLimit(int limit) {
    return with(new Parts(data.prompts(), data.pool(), data.tasks(), limit, data.shots()));
  }

  RunPlan withShots(List<Integer> shots) {
    return with(new Parts(data.prompts(), data.pool(), data.tasks(), data.limit(), shots));
  }

  private RunPlan with(Parts parts) {
    Preset changed =
        new Preset(
            data.description(),
            data.model(),
            data.template(),
            parts.prompts,
            parts.pool,
            parts.tasks,
            data.options(),
            parts.limit,
            parts.shots,
            data.ownDemonstrationsPerItem(),
            data.scoresPerChunk(),
            data.textsPerChunk(),
            data.headline(),
            data.settings());
    return new RunPlan(name, changed, model, settings, command);
  }

  private record Parts(
      String prompts, String pool, List<String> tasks, int limit, List<Integer> shots) {}

  private static List<String> list(String commas) {
    return Stream.of(commas.split(",")).filter(text -> !text.isBlank()).toList();
  }
}
