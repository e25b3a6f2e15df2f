package org.soft4j.eval.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.eval.TaskOptions;

/**
 * Where a task's rows are.
 *
 * <p>With {@code dataset_path: json} or {@code csv}, {@code dataset_kwargs.data_files} names the
 * files by split, relative to the task file. A set of a hub is looked for in the data folder, for a
 * split S as {@code PATH/NAME/S.jsonl} (PATH with __ for /, NAME the dataset_name where there is
 * one) or {@code TASK/S.jsonl}, the evaluated split also as {@code TASK.jsonl}; .json and .csv do
 * as well.
 *
 * @param task name
 * @param source dataset_path
 * @param name dataset_name, or an empty text
 * @param files by split, for local sets
 * @param evaluated split
 */
record DataPlan(
    String task, String source, String name, Map<String, List<Path>> files, String evaluated) {
  private static final Set<String> LOCAL = Set.of("json", "csv");

  static DataPlan read(String task, Map<String, YamlValue> fields, YamlValue whole, String split) {
    YamlValue path = Fields.required(whole, fields, "dataset_path");
    Map<String, YamlValue> options =
        Optional.ofNullable(fields.get("dataset_kwargs")).map(YamlValue::fields).orElse(Map.of());
    Fields.refuseOthers(options, Set.of("data_files", "trust_remote_code"));
    boolean local = LOCAL.contains(path.text());
    if (local != options.containsKey("data_files")) {
      throw path.fault(
          local ? "is " + path.text() + ", and no file is named." : "is a set of a hub.",
          "Name local files by dataset_path: json and dataset_kwargs: data_files: {test: FILE}.");
    }
    String name = fields.containsKey("dataset_name") ? fields.get("dataset_name").text() : "";
    refuseEscape(path);
    return new DataPlan(
        task, path.text(), name, local ? files(options.get("data_files")) : Map.of(), split);
  }

  private static Map<String, List<Path>> files(YamlValue named) {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    // Without splits everything is the training split, as the reference's loader has it.
    Map<String, YamlValue> splits = named.isMap() ? named.fields() : Map.of("train", named);
    splits.forEach(
        (split, value) ->
            files.put(
                split,
                value.texts().stream()
                    .map(text -> value.file().toAbsolutePath().resolveSibling(local(value, text)))
                    .toList()));
    return files;
  }

  private static String local(YamlValue value, String text) {
    if (text.contains("://") || text.contains("*")) {
      throw value.fault(
          "is \"" + text + "\", which is no local file.", "Download the file and name it.");
    }
    return text;
  }

  private static void refuseEscape(YamlValue path) {
    if (path.text().contains("..") || Path.of(path.text()).isAbsolute()) {
      throw path.fault(
          "is \"" + path.text() + "\", which is a path.",
          "Name local files by dataset_path: json and dataset_kwargs: data_files.");
    }
  }

  /** The rows of a split; a missing file is a UserError that says where it is looked for. */
  List<Row> rows(String split, TaskOptions options) {
    if (LOCAL.contains(source)) {
      return reading().rows(named(split), options);
    }
    if (reading().harness(options)) {
      throw new UserError(
          "%s is a set of a hub (%s), whose columns have types of their own there."
              .formatted(task, source),
          "Leave --option %s.rows=harness out.".formatted(task));
    }
    return RowFiles.read(found(split, options));
  }

  /** How the rows of a split were read, where that is not the only way. */
  Optional<String> note(String split, TaskOptions options) {
    return LOCAL.contains(source) ? reading().note(named(split), options) : Optional.empty();
  }

  private RowReading reading() {
    return new RowReading(task, source, files);
  }

  private List<Path> named(String split) {
    List<Path> named = files.get(split);
    if (named == null) {
      throw new UserError(
          "%s has no split \"%s\"; its data_files are of: %s."
              .formatted(task, split, String.join(", ", files.keySet())),
          "Add %s: FILE to data_files, or name another split.".formatted(split));
    }
    return named;
  }

  /** Whether the rows of a split can be read. */
  boolean has(String split, TaskOptions options) {
    return LOCAL.contains(source)
        ? files.containsKey(split)
        : places(split).stream().anyMatch(place -> exists(place, options));
  }

  private Path found(String split, TaskOptions options) {
    List<String> places = places(split);
    String option = task + ".file";
    if (split.equals(evaluated) && !options.value(option, "").isEmpty()) {
      return options.path(option, places.get(0));
    }
    return places.stream()
        .filter(place -> exists(place, options))
        .findFirst()
        .map(place -> options.data().orElseThrow().resolve(place))
        .orElseThrow(() -> missing(split, places, options));
  }

  private static boolean exists(String place, TaskOptions options) {
    return options.data().map(folder -> Files.exists(folder.resolve(place))).orElse(false);
  }

  private UserError missing(String split, List<String> places, TaskOptions options) {
    String tried =
        places.stream().filter(place -> place.endsWith(".jsonl")).collect(Collectors.joining(", "));
    return new UserError(
        "%s needs the split \"%s\" of %s, and %s."
            .formatted(
                task,
                split,
                (source + " " + name).strip(),
                options
                    .data()
                    .map(folder -> "there is none in " + folder)
                    .orElse("no data folder is set")),
        "Save it in the data folder (--data, or SOFT4J_DATA) as one of %s; .json and .csv do too."
                .formatted(tried)
            + (split.equals(evaluated)
                ? " Or name it with --option %s.file=PATH.".formatted(task)
                : ""));
  }

  private List<String> places(String split) {
    String set = source.replace("/", "__") + (name.isEmpty() ? "" : "/" + name);
    List<String> stems = new ArrayList<>(List.of(set + "/" + split, task + "/" + split));
    if (split.equals(evaluated)) {
      stems.add(task);
    }
    return stems.stream()
        .flatMap(stem -> RowFiles.ENDINGS.stream().map(ending -> stem + ending))
        .toList();
  }
}
