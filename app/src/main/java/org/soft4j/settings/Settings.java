package org.soft4j.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.soft4j.core.Resolved;
import org.soft4j.core.Setting;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.datasets.micro.WorldSize;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.soft.SoftSettings;

/**
 * Every option of every command, in one tree. {@link Resolved} changes them by dotted key and
 * remembers where each value came from; a flag is an alias of a key.
 *
 * @param soft options of the method, whose keys have no prefix: {@code training.rank}
 */
public record Settings(
    @JsonUnwrapped SoftSettings soft,
    @Setting(
            value = "Which model is opened, and how.",
            commands = {"run", "label", "train", "eval", "generate", "chat", "score"})
        ModelSettings model,
    @Setting(value = "How an endpoint is called.", commands = "eval") EndpointSettings endpoint,
    @Setting(value = "The server that writes a run's labels.", commands = "run")
        ServerSettings server,
    @Setting(
            value = "What is learned from, and what is measured.",
            commands = {"run", "eval"})
        DataSettings data,
    @Setting(
            value = "How models are measured.",
            commands = {"run", "eval"})
        EvalSettings eval,
    @Setting(
            value = "The judge that grades answers.",
            commands = {"run", "eval", "judge"})
        JudgeSettings judge,
    @Setting(value = "What a judging compares.", commands = "judge") ProtocolSettings protocol,
    @Setting(
            value = "What a judge's calls may cost.",
            commands = {"run", "eval", "judge"})
        CostSettings cost,
    @Setting(
            value = "How texts are continued.",
            commands = {"generate", "chat"})
        GenerationSettings generation,
    @Setting(value = "The size of a study.", commands = "study") StudySettings study,
    @Setting(
            value = "The executors that compute.",
            commands = {"run", "label", "eval", "generate", "score", "study"})
        ClusterSettings cluster) {
  /** Names of the presets there are. */
  public static final List<String> PRESETS =
      List.of("micro", "small", "smollm2", "tinyllama-1.1b", "llama2-7b", "qwen2.5-7b");

  /** Every default. */
  public static final Settings DEFAULT =
      new Settings(
          SoftSettings.DEFAULT,
          ModelSettings.DEFAULT,
          EndpointSettings.DEFAULT,
          ServerSettings.DEFAULT,
          DataSettings.DEFAULT,
          EvalSettings.DEFAULT,
          JudgeSettings.NONE,
          ProtocolSettings.DEFAULT,
          CostSettings.NONE,
          GenerationSettings.DEFAULT,
          StudySettings.DEFAULT,
          ClusterSettings.DEFAULT);

  // What was chosen for one value of the first means nothing beside another.
  private static final Map<String, String> FORGOTTEN =
      Map.of("data.shots", "data.shots_of", "model.name", "model.adapter");

  private static final String MODEL = "model.name";
  private static final String TEMPLATE = "data.template";

  /**
   * Where benchmarks and their files are looked for. A model of a larger made-up world is measured
   * in its own, where no other is named.
   */
  public TaskPlaces places() {
    Map<String, String> options = new LinkedHashMap<>(data.options());
    String world = world();
    if (!world.equals(MicroWorld.FIRST)) {
      options.putIfAbsent(MicroWorld.OPTION, world);
    }
    return data.with(options).places();
  }

  /**
   * The name of the made-up world that the pool and the prompts called micro come from: what {@code
   * micro.world} says, else that of a model of a larger world, else the first micro world.
   */
  public String world() {
    String own = EmbeddedModels.world(model.name()).orElse(MicroWorld.FIRST);
    // Micro models of other worlds have always been measured in the first one.
    boolean larger = WorldSize.ofWorld(own) != WorldSize.MICRO;
    return data.options().getOrDefault(MicroWorld.OPTION, larger ? own : MicroWorld.FIRST);
  }

  /** The settings of a preset, over the defaults; an unknown name is a UserError. */
  public static Resolved<Settings> preset(String name) {
    return Preset.over(Resolved.defaults(DEFAULT), name);
  }

  /**
   * What a person asks for, over what was there: numbers of demonstrations hold for every
   * benchmark, an adapter does not stay on another model, and another model has a template of its
   * own.
   *
   * @param origin of each key
   */
  public static Resolved<Settings> asked(
      Resolved<Settings> settings, Map<String, String> values, UnaryOperator<String> origin) {
    Map<String, String> all = new LinkedHashMap<>(values);
    FORGOTTEN.forEach(
        (key, other) -> {
          if (values.containsKey(key) && settings.knows(other)) {
            all.putIfAbsent(other, "");
          }
        });
    String model = settings.value().model().name();
    boolean another = !model.isEmpty() && !values.getOrDefault(MODEL, model).equals(model);
    if (another && settings.knows(TEMPLATE)) {
      all.putIfAbsent(TEMPLATE, DataSettings.DEFAULT.template());
    }
    return settings.with(all, origin);
  }
}
