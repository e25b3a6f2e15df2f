package org.soft4j.session;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An evaluation of one model, decided and not yet begun.
 *
 * @param model which model, and how it is opened
 * @param tasks names of benchmarks
 * @param shots numbers of demonstrations
 * @param limit at most so many items of each benchmark; 0 for all
 * @param data folder with benchmark files, where there is one
 * @param options further options of tasks by name
 * @param chat whether everything is written in the model's chat format
 * @param pool demonstrations: a file or an embedded name
 * @param seed of the draws of demonstrations
 */
public record EvaluationPlan(
    ModelChoice model,
    List<String> tasks,
    List<Integer> shots,
    int limit,
    Optional<Path> data,
    Map<String, String> options,
    boolean chat,
    String pool,
    long seed) {
  /** Copies the collections. */
  public EvaluationPlan {
    tasks = List.copyOf(tasks);
    shots = List.copyOf(shots);
    options = Map.copyOf(options);
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
    settings.put("data", data.map(Path::toString).orElse(""));
    new java.util.TreeMap<>(options)
        .forEach((name, value) -> settings.put("options." + name, value));
    settings.put("apply_chat_template", String.valueOf(chat));
    settings.put("pool", pool);
    settings.put("seed", String.valueOf(seed));
    return settings;
  }
}
