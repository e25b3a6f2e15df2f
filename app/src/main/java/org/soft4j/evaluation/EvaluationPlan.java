package org.soft4j.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.settings.Settings;

/**
 * An evaluation of one model, decided and not yet begun.
 *
 * @param values of all settings
 */
public record EvaluationPlan(Settings values) {
  private static final String OPTIONS = "data.options.";
  private static final String PLAIN = "endpoint.plain_texts";

  /** A setting's name in eval.json, and whether it stands there with its default too. */
  private record Entry(String name, String key, boolean always) {}

  private static final Entry MODEL = new Entry("model", "model.name", true);
  private static final Entry CHAT =
      new Entry("apply_chat_template", "model.apply_chat_template", true);

  /** What the results depend on, besides the model's own digest; in the order of eval.json. */
  private static final List<Entry> ENTRIES =
      List.of(
          MODEL,
          new Entry("adapter", "model.adapter", true),
          new Entry("bos", "model.bos", true),
          new Entry("tasks", "data.tasks", true),
          new Entry("shots", "data.shots", true),
          new Entry("limit", "data.limit", true),
          new Entry("include", "data.include", false),
          new Entry("data", "data.folder", true),
          new Entry("options.", OPTIONS, true),
          CHAT,
          new Entry("pool", "data.pool", true),
          new Entry("seed", "seed", true),
          // Folders of earlier versions have no such entries, and are gone on with.
          new Entry("template", "data.template", false),
          new Entry("overlong", "eval.overlong", false),
          new Entry("drop_reasoning", "eval.drop_reasoning", false),
          new Entry("shots_of", "data.shots_of", false),
          new Entry("demonstrations_per_item", "eval.demonstrations_per_item", false),
          new Entry("scores_per_chunk", "eval.scores_per_chunk", false),
          new Entry("texts_per_chunk", "eval.texts_per_chunk", false));

  /** Refuses what the model cannot be asked for. */
  public EvaluationPlan {
    String model = values.model().name();
    if (model.isEmpty()) {
      throw new UserError(
          "No model is given.",
          "Name one with --model: a folder, a GGUF file, a fetched or embedded name, or"
              + " an endpoint's address.");
    }
    boolean remote = Endpoint.isAddress(model);
    String name = values.endpoint().model();
    if (!name.isEmpty() && !remote) {
      throw new UserError(
          "--model-name is for endpoints, and %s is none.".formatted(model),
          "Leave it out; --model says all.");
    }
    if (!name.isEmpty() && Endpoint.parse(model).model().isPresent()) {
      throw new UserError(
          "The model is named twice, by %s and by --model-name %s.".formatted(model, name),
          "Leave one of them out.");
    }
    if (values.endpoint().plainTexts() && !remote) {
      throw new UserError(
          "--plain-texts is for endpoints, and %s is none.".formatted(model),
          "Leave it out; texts are plain unless --apply-chat-template is given.");
    }
    if (values.endpoint().plainTexts() && values.model().applyChatTemplate()) {
      throw new UserError(
          "--plain-texts and --apply-chat-template exclude each other.", "Leave one of them out.");
    }
    refuseTemplate(values, remote);
  }

  private static void refuseTemplate(Settings values, boolean remote) {
    if (values.data().template().equals(ChosenTemplate.AUTO)) {
      return;
    }
    if (values.model().applyChatTemplate()) {
      throw new UserError(
          "--template and --apply-chat-template exclude each other.",
          "Leave one of them out; --apply-chat-template writes what benchmarks word themselves in"
              + " the chat too, as the reference harness does.");
    }
    if (remote && !values.endpoint().plainTexts()) {
      throw new UserError(
          "--template is for models that run here; the server of %s writes chat messages in its"
                  .formatted(values.model().name())
              + " model's own format.",
          "Leave it out, or add --plain-texts: texts are then sent as the template writes them.");
    }
  }

  /** Whether no template is asked for. */
  boolean ownTemplate() {
    return values.data().template().equals(ChosenTemplate.AUTO);
  }

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
    Map<String, String> values = new LinkedHashMap<>();
    settings
        .properties()
        .forEach(e -> key(e.getKey()).ifPresent(key -> values.put(key, e.getValue().asText())));
    boolean chat = Boolean.parseBoolean(values.get(CHAT.key));
    if (Endpoint.isAddress(values.get(MODEL.key)) && !chat) {
      values.put(PLAIN, "true");
    }
    return new EvaluationPlan(
        Resolved.defaults(Settings.DEFAULT).with(values, "config " + evalJson).value());
  }

  private static Optional<String> key(String name) {
    return ENTRIES.stream()
        .filter(e -> e.key.equals(OPTIONS) ? name.startsWith(e.name) : name.equals(e.name))
        .map(e -> e.key + name.substring(e.name.length()))
        .findFirst();
  }

  /** What the results depend on, as eval.json has it. */
  Map<String, String> settings() {
    Map<String, String> texts = Resolved.defaults(values).texts();
    Map<String, String> standard = Resolved.defaults(Settings.DEFAULT).texts();
    Map<String, String> settings = new LinkedHashMap<>();
    for (Entry entry : ENTRIES) {
      if (entry.key.equals(OPTIONS)) {
        values
            .data()
            .options()
            .forEach((option, value) -> settings.put(entry.name + option, value));
      } else if (entry.always || !texts.get(entry.key).equals(standard.get(entry.key))) {
        settings.put(entry.name, texts.get(entry.key));
      }
    }
    settings.put(MODEL.name, model().model());
    settings.put(CHAT.name, String.valueOf(chat()));
    return settings;
  }

  /** The model, with its name at an endpoint. */
  ModelChoice model() {
    ModelChoice choice = values.model().choice();
    String name = values.endpoint().model();
    return name.isEmpty() ? choice : choice.withModel(choice.model() + "#" + name);
  }

  /** Whether the model runs elsewhere. */
  boolean remote() {
    return Endpoint.isAddress(values.model().name());
  }

  /** Whether answers are asked for in a chat. */
  boolean chat() {
    return remote() ? !values.endpoint().plainTexts() : values.model().applyChatTemplate();
  }

  /** Numbers of demonstrations of a benchmark. */
  List<Integer> shots(String task) {
    return values.data().shots(task);
  }
}
