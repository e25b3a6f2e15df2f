package org.soft4j.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;

/**
 * A run by name: which model, data and benchmarks, and the settings that differ from the defaults.
 * Data, read from a JSON resource.
 *
 * @param description one sentence
 * @param model folder, file, fetched or embedded name
 * @param template name of a built-in context template, or a JSON file
 * @param prompts a file, {@code micro} for those of the micro world; empty where the user must say
 * @param pool a file, {@code micro}, or the name of an embedded pool
 * @param tasks names of benchmarks
 * @param options what the benchmarks are opened with
 * @param limit items of each benchmark, evenly spaced; 0 for all
 * @param shots numbers of demonstrations at which benchmarks are run
 * @param shotsOf other numbers for single benchmarks, such as zero-shot alone for long answers
 * @param ownDemonstrationsPerItem whether each item draws its own demonstrations
 * @param scoresPerChunk continuations scored together, the unit of resumption
 * @param textsPerChunk texts written together, likewise
 * @param headline scores that stand for the run, as {@code benchmark metric}; the report shows the
 *     others below them
 * @param settings texts by dotted key
 */
public record Preset(
    String description,
    String model,
    String template,
    String prompts,
    String pool,
    List<String> tasks,
    Map<String, String> options,
    int limit,
    List<Integer> shots,
    Map<String, List<Integer>> shotsOf,
    boolean ownDemonstrationsPerItem,
    int scoresPerChunk,
    int textsPerChunk,
    List<String> headline,
    Map<String, String> settings) {
  /** Names of the presets there are. */
  public static final List<String> NAMES = List.of("micro", "smollm2");

  /** Copies lists and maps. */
  public Preset {
    tasks = List.copyOf(tasks);
    options = Map.copyOf(options);
    shots = List.copyOf(shots);
    shotsOf = Map.copyOf(shotsOf);
    headline = List.copyOf(headline);
    settings = Map.copyOf(settings);
  }

  /** Numbers of demonstrations at which a benchmark is run. */
  public List<Integer> shots(String task) {
    return shotsOf.getOrDefault(task, shots);
  }

  /** The same preset on other data. */
  Preset on(Choices other) {
    return new Preset(
        description,
        model,
        template,
        other.prompts(),
        other.pool(),
        other.tasks(),
        other.options(),
        other.limit(),
        other.shots(),
        other.shotsOf(),
        ownDemonstrationsPerItem,
        scoresPerChunk,
        textsPerChunk,
        headline,
        settings);
  }

  /** What a user most often changes. */
  Choices choices() {
    return new Choices(prompts, pool, tasks, options, limit, shots, shotsOf);
  }

  /** The part of a preset that names data. */
  record Choices(
      String prompts,
      String pool,
      List<String> tasks,
      Map<String, String> options,
      int limit,
      List<Integer> shots,
      Map<String, List<Integer>> shotsOf) {}

  /** One of the presets. */
  public static Preset named(String name) {
    if (!NAMES.contains(name)) {
      throw new UserError(
          "There is no preset \"%s\".%s".formatted(name, DidYouMean.hint(name, NAMES)),
          "Choose among: %s.".formatted(String.join(", ", NAMES)));
    }
    String resource = name + ".json";
    try (InputStream in = Preset.class.getResourceAsStream(resource)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(json, Preset.class, resource);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
