package org.soft4j.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.eval.yaml.TaskPlaces;

/** What is learned from, and what is measured. */
public record DataSettings(
    @Setting(
            value = "Prompts to label: JSON Lines, CSV or Parquet, or micro.",
            flag = "--prompts",
            label = "F",
            commands = {"run", "label"},
            values = "file or name")
        String prompts,
    @Setting(
            value = "ICL pool: JSON Lines, CSV, or an embedded name.",
            flag = "--pool",
            label = "P",
            commands = {"run", "label", "eval"},
            values = "file or name")
        String pool,
    @Setting(
            value =
                "How prompts are written: auto (the model's own chat template, else plain), chat,"
                    + " plain, chatml, dialogue, micro, or a file (.json or .jinja,"
                    + " docs/templates.md). eval takes auto for dialogue, unless"
                    + " --apply-chat-template is given; generate takes none, its default, for"
                    + " prompts as they are.",
            flag = "--template",
            label = "T",
            commands = {"run", "label", "train", "eval", "chat", "generate"})
        String template,
    @Setting(
            value =
                "Prompts with the response one wishes for, whose log-probability decides which"
                    + " round is kept: JSON Lines, CSV or Parquet (prompt, response), micro or"
                    + " helpful; empty for the embedded ones.",
            flag = "--validation",
            label = "F",
            commands = "run")
        String validation,
    @Setting(
            value =
                "Share of the ICL pool that is held out to decide which round is kept, and shown to"
                    + " no prompt; 0 for none.",
            flag = "--validation-share",
            label = "S",
            commands = "run")
        double validationShare,
    @Setting(
            value =
                "Benchmarks, separated by commas; for eval, * matches any characters, and a path"
                    + " ending in .yaml is a task file. eval --tasks list shows them, list,NAME a"
                    + " card.",
            flag = "--tasks",
            label = "NAMES")
        List<String> tasks,
    @Setting(
            value = "Option of a benchmark, such as vicuna.max_new_tokens=64; may be repeated.",
            flag = "--option",
            label = "KEY=VALUE",
            commands = {"run", "eval", "tasks"})
        Map<String, String> options,
    @Setting(
            value = "Folder of task files (.yaml), whose tasks may then be named too.",
            flag = "--include",
            label = "DIR",
            commands = {"run", "eval", "tasks"},
            values = "folder")
        String include,
    @Setting(
            value =
                "Folder with benchmark files (default: SOFT4J_DATA, else what `datasets fetch`"
                    + " downloaded).",
            flag = "--data",
            label = "DIR",
            commands = {"run", "eval", "tasks", "judge"},
            values = "folder")
        String folder,
    @Setting(
            value = "At most this many items of each benchmark, evenly spaced; 0 for all.",
            flag = "--limit",
            label = "N",
            unit = "items")
        int limit,
    @Setting(
            value =
                "Numbers of demonstrations, separated by commas, at which benchmarks are measured.",
            flag = "--shots",
            label = "K",
            unit = "demonstrations")
        List<Integer> shots,
    @Setting(
            value =
                "Other numbers of demonstrations for single benchmarks, such as vicuna=0 hhh=0,1.",
            unit = "demonstrations")
        Map<String, List<Integer>> shotsOf,
    @Setting(
            value =
                "Scores that stand for the run, as benchmark metric; the report shows them first.",
            commands = "run")
        List<String> headline) {
  static final DataSettings DEFAULT =
      new DataSettings(
          "",
          "helpful",
          "auto",
          "",
          0,
          List.of(),
          Map.of(),
          "",
          "",
          0,
          List.of(0),
          Map.of(),
          List.of());

  /** Checks the ranges, copies lists and maps. */
  public DataSettings {
    if (template.isBlank()) {
      throw new UserError(
          "data.template is empty.", "Name a template, or auto for the model's own.");
    }
    if (!(validationShare >= 0 && validationShare < 1)) {
      throw new UserError(
          "data.validation_share is %s.".formatted(validationShare),
          "Use a share from 0 (none is held out) to below 1, such as 0.2.");
    }
    if (validationShare > 0 && !validation.isEmpty()) {
      throw new UserError(
          "data.validation and data.validation_share exclude each other.",
          "Leave one of them out.");
    }
    if (limit < 0) {
      throw new UserError(
          "data.limit is %s.".formatted(limit), "Use 0 for all items, or a larger number.");
    }
    refuse(shots);
    shotsOf.values().forEach(DataSettings::refuse);
    tasks = List.copyOf(tasks);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    shots = List.copyOf(shots);
    shotsOf = Map.copyOf(shotsOf);
    headline = List.copyOf(headline);
  }

  private static void refuse(List<Integer> shots) {
    if (shots.isEmpty() || shots.stream().anyMatch(k -> k < 0)) {
      throw new UserError(
          "The numbers of demonstrations (--shots) are %s.".formatted(shots),
          "Name one or more, each 0 or more, such as 0 for zero-shot.");
    }
  }

  /** Numbers of demonstrations at which a benchmark is run. */
  public List<Integer> shots(String task) {
    return shotsOf.getOrDefault(task, shots);
  }

  /** Where benchmarks and their files are looked for. */
  public TaskPlaces places() {
    return new TaskPlaces(path(include), path(folder), options);
  }

  DataSettings with(Map<String, String> otherOptions) {
    return new DataSettings(
        prompts,
        pool,
        template,
        validation,
        validationShare,
        tasks,
        otherOptions,
        include,
        folder,
        limit,
        shots,
        shotsOf,
        headline);
  }

  private static Optional<Path> path(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty()).map(Path::of);
  }
}
