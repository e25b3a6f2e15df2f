package org.soft4j.evaluation;

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
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.lm.open.ModelChoice;

/**
 * An evaluation of one model, decided and not yet begun.
 *
 * @param model which model, and how it is opened
 * @param tasks names of benchmarks
 * @param places where benchmarks and their files are looked for
 * @param shots numbers of demonstrations
 * @param limit at most so many items of each benchmark; 0 for all
 * @param chat whether everything is written in the model's chat format
 * @param pool demonstrations: a file or an embedded name
 * @param seed of the draws of demonstrations
 * @param answers what becomes of texts and answers before they are scored
 */
public record EvaluationPlan(
    ModelChoice model,
    List<String> tasks,
    TaskPlaces places,
    List<Integer> shots,
    int limit,
    boolean chat,
    String pool,
    long seed,
    AnswerRules answers) {
  public EvaluationPlan {
    tasks = List.copyOf(tasks);
    shots = List.copyOf(shots);
  }

  private static final String OVERLONG = "overlong";
  private static final String OPTION = "options.";
  private static final String INCLUDE = "include";
  private static final String DROP_REASONING = "drop_reasoning";

  /**
   * The plan of an evaluation that was recorded, to ask the same again; on which device it ran is
   * left out.
   *
   * @param evalJson its eval.json
   */
  static EvaluationPlan recorded(Path evalJson) {
    JsonNode settings =
        Json.read(WholeFile.read(evalJson), JsonNode.class, evalJson.toString()).path("settings");
    if (!settings.has("tasks")) {
      throw new UserError(
          "%s does not say what was evaluated.".formatted(evalJson),
          "Name the folder of an evaluation, as eval --out made it.");
    }
    Map<String, String> options = new TreeMap<>();
    settings.properties().stream()
        .filter(setting -> setting.getKey().startsWith(OPTION))
        .forEach(
            setting ->
                options.put(
                    setting.getKey().substring(OPTION.length()), setting.getValue().asText()));
    return new EvaluationPlan(
        new ModelChoice(
            settings.path("model").asText(),
            text(settings, "adapter").map(Path::of),
            "auto",
            "auto",
            0,
            settings.path("bos").asText("auto")),
        List.of(settings.path("tasks").asText().split(",")),
        new TaskPlaces(
            text(settings, INCLUDE).map(Path::of), text(settings, "data").map(Path::of), options),
        Stream.of(settings.path("shots").asText().split(",")).map(Integer::valueOf).toList(),
        settings.path("limit").asInt(),
        settings.path("apply_chat_template").asBoolean(),
        settings.path("pool").asText(),
        settings.path("seed").asLong(),
        new AnswerRules(
            OverlongPolicy.parse(settings.path(OVERLONG).asText(OverlongPolicy.AUTO.text())),
            settings.path(DROP_REASONING).asBoolean()));
  }

  private static Optional<String> text(JsonNode settings, String name) {
    return Optional.of(settings.path(name).asText()).filter(text -> !text.isEmpty());
  }

  /** What the results depend on, besides the model's own digest; in the order to write it. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model.model());
    settings.put("adapter", model.adapter().map(Path::toString).orElse(""));
    settings.put("bos", model.bos());
    settings.put("tasks", String.join(",", tasks));
    settings.put("shots", shots.stream().map(String::valueOf).collect(Collectors.joining(",")));
    settings.put("limit", String.valueOf(limit));
    places.include().ifPresent(folder -> settings.put(INCLUDE, folder.toString()));
    settings.put("data", places.data().map(Path::toString).orElse(""));
    new TreeMap<>(places.options()).forEach((name, value) -> settings.put(OPTION + name, value));
    settings.put("apply_chat_template", String.valueOf(chat));
    settings.put("pool", pool);
    settings.put("seed", String.valueOf(seed));
    // Folders of earlier versions have no such entry, and are gone on with.
    if (answers.overlong() != OverlongPolicy.AUTO) {
      settings.put(OVERLONG, answers.overlong().text());
    }
    if (answers.dropReasoning()) {
      settings.put(DROP_REASONING, "true");
    }
    return settings;
  }
}
