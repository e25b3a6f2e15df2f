package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.yaml.rows.HarnessRows;
import org.soft4j.lm.template.PythonValues;

/**
 * Which of two ways a task's own files are read: texts as they stand, or typed as the reference
 * harness's loader types them. Where the two differ, the card says in what.
 *
 * @param task name
 * @param source dataset_path
 * @param files by split
 */
record RowReading(String task, String source, Map<String, List<Path>> files) {
  private static final String OPTION = ".rows";
  private static final String TEXT = "text";
  private static final String HARNESS = "harness";
  private static final int SHOWN_COLUMNS = 5;
  private static final int SHOWN_LETTERS = 40;

  /** The name of the option, with a value that asks for the harness's way. */
  private String asking() {
    return "--option %s%s=%s".formatted(task, OPTION, HARNESS);
  }

  /** Whether the harness's way is asked for. */
  boolean harness(TaskOptions options) {
    String way = options.value(task + OPTION, TEXT);
    if (!way.equals(TEXT) && !way.equals(HARNESS)) {
      throw new UserError(
          "%s%s is \"%s\".".formatted(task, OPTION, way),
          "Write text for texts as they stand, or harness for what the harness's loader makes.");
    }
    return way.equals(HARNESS);
  }

  /** The rows of files, as asked for. */
  List<Row> rows(List<Path> named, TaskOptions options) {
    List<Row> rows = new ArrayList<>();
    boolean harness = harness(options);
    if (harness) {
      refuseOtherTypes();
    }
    for (Path file : named) {
      List<Row> standing = RowFiles.read(file);
      rows.addAll(harness ? typed(standing, loaded(file)) : standing);
    }
    return rows;
  }

  private static List<Row> typed(List<Row> standing, HarnessRows loaded) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < standing.size(); i++) {
      rows.add(standing.get(i).with(loaded.rows().get(i)));
    }
    return rows;
  }

  /** The loader takes the types of all files from the first one. */
  private void refuseOtherTypes() {
    Optional<String> first = Optional.empty();
    for (Path file : files.values().stream().flatMap(List::stream).distinct().toList()) {
      String types = loaded(file).types();
      if (first.isPresent() && !first.get().equals(types)) {
        throw new UserError(
            "%s: its columns are of other types than those of %s, whose types the harness's loader takes for all."
                .formatted(file, files.values().iterator().next().get(0).getFileName()),
            "Leave %s out.".formatted(asking()));
      }
      first = Optional.of(types);
    }
  }

  private HarnessRows loaded(Path file) {
    if (!file.getFileName().toString().contains("." + source)) {
      throw new UserError(
          "%s is no file of dataset_path: %s, which the harness's loader would read it as."
              .formatted(file, source),
          "Name the file by what it holds, or leave %s out.".formatted(asking()));
    }
    try {
      return RowFiles.harness(file);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "%s cannot be read as the harness's loader reads it: %s.".formatted(file, e.getMessage()),
          "Leave %s out.".formatted(asking()),
          e);
    }
  }

  /** How the rows of files were read; empty where both ways give the same. */
  Optional<String> note(List<Path> named, TaskOptions options) {
    if (harness(options)) {
      return Optional.of("rows typed as lm-evaluation-harness's loader types them");
    }
    Map<String, String> differing = new LinkedHashMap<>();
    for (Path file : named) {
      try {
        compare(RowFiles.read(file), RowFiles.harness(file).rows(), differing);
      } catch (IllegalArgumentException e) {
        differing.putIfAbsent(file.getFileName().toString(), e.getMessage());
      }
    }
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "rows read as they stand; lm-evaluation-harness's loader reads otherwise: %s; %s reads as it does"
                .formatted(listed(differing), asking()));
  }

  private static void compare(
      List<Row> standing, List<Map<String, Object>> loaded, Map<String, String> differing) {
    for (int i = 0; i < standing.size(); i++) {
      Map<String, Object> other = loaded.get(i);
      standing
          .get(i)
          .values()
          .forEach(
              (column, value) -> {
                if (!Objects.equals(value, other.get(column))) {
                  differing.putIfAbsent(
                      column, "%s as %s".formatted(shown(value), shown(other.get(column))));
                }
              });
    }
  }

  private static String shown(Object value) {
    String text = PythonValues.str(value).replace("\n", "\\n");
    return text.codePointCount(0, text.length()) <= SHOWN_LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_LETTERS)) + "…";
  }

  private static String listed(Map<String, String> differing) {
    String first =
        differing.entrySet().stream()
            .limit(SHOWN_COLUMNS)
            .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    int more = differing.size() - SHOWN_COLUMNS;
    return more > 0 ? first + " and %s more".formatted(more) : first;
  }
}
