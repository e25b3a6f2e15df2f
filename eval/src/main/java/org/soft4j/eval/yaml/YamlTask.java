package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.soft4j.core.DidYouMean;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.yaml.functions.TaskFunction;

/**
 * A task from a YAML file with lm-evaluation-harness's field names.
 *
 * <pre>{@code Tasks.standard().with(YamlTask.read(Path.of("mine.yaml")))}</pre>
 */
public final class YamlTask implements TaskProvider {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}");

  private static final Set<String> SUPPORTED =
      Set.of(
          "task",
          "task_alias",
          "include",
          "dataset_path",
          "dataset_name",
          "dataset_kwargs",
          "training_split",
          "validation_split",
          "test_split",
          "fewshot_split",
          "output_type",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "process_docs",
          "process_results",
          "description",
          "target_delimiter",
          "fewshot_delimiter",
          "fewshot_config",
          "num_fewshot",
          "metric_list",
          "gen_prefix",
          "generation_kwargs",
          "filter_list",
          "repeats",
          "metadata",
          "unsafe_code");

  /** What says nothing about prompts or scores. */
  private static final Set<String> IGNORED =
      Set.of("tag", "group", "should_decontaminate", "doc_to_decontamination_query");

  /** Why the reference harness's other fields are not there. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "class", "names no Python class by !function",
          "custom_dataset", "names Python code, which is not run",
          "use_prompt", "names a prompt of another library",
          "aggregate_metric_list", "belongs to a group of tasks",
          "group_alias", "belongs to a group of tasks",
          "doc_to_image", "asks for pictures",
          "doc_to_audio", "asks for sound");

  private final Path file;
  private final String name;
  private final TaskPlan plan;
  private final List<String> notes;

  private YamlTask(Path file, String name, TaskPlan plan, List<String> notes) {
    this.file = file;
    this.name = name;
    this.plan = plan;
    this.notes = List.copyOf(notes);
  }

  /**
   * Reads a task file and those it includes; its rows are read when the task is opened.
   *
   * @throws org.soft4j.core.UserError that names file, line and field, for what is not supported
   */
  public static YamlTask read(Path file) {
    return read(file, Map.of());
  }

  /** The same, with fields that a group of tasks puts in the place of the file's own. */
  static YamlTask read(Path file, Map<String, YamlValue> replaced) {
    Map<String, YamlValue> fields = YamlFile.read(file);
    fields.putAll(replaced);
    fields = ofClass(file, present(fields));
    refuse(fields);
    YamlValue any = fields.values().iterator().next();
    YamlValue whole = new YamlValue(file, "the task", any.node());
    YamlValue task = Fields.required(whole, fields, "task");
    if (task.isList()) {
      throw task.fault(
          "is a list, as of a group, and the file names no group.", "Add group: NAME.");
    }
    if (!NAME.matcher(task.text()).matches()) {
      throw task.fault(
          "is \"%s\".".formatted(task.text()), "Use letters, digits, dots, dashes and _.");
    }
    List<String> notes = new ArrayList<>();
    List<String> ignored = fields.keySet().stream().filter(IGNORED::contains).sorted().toList();
    if (!ignored.isEmpty()) {
      notes.add("ignored in the task file: " + String.join(", ", ignored));
    }
    notes.addAll(YamlFile.repeated(file));
    return new YamlTask(file, task.text(), TaskPlan.read(task.text(), fields, whole), notes);
  }

  /** Fields in the place of a Python class that is known; the file's own name the task alone. */
  private static Map<String, YamlValue> ofClass(Path file, Map<String, YamlValue> fields) {
    YamlValue code = fields.get("class");
    if (code == null || code.function().isEmpty()) {
      return fields;
    }
    Map<String, YamlValue> said =
        YamlFile.said(file, PythonCode.of(code, TaskFunction.Fields.class).yaml());
    Map<String, YamlValue> others = new LinkedHashMap<>(fields);
    others.keySet().removeAll(Set.of("task", "class", "tag"));
    Fields.refuseOthers(others, Set.of("task", "class", "tag"));
    said.put("task", Fields.required(code, fields, "task"));
    return said;
  }

  private static Map<String, YamlValue> present(Map<String, YamlValue> fields) {
    Map<String, YamlValue> present = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!value.isNull()) {
            present.put(name, value);
          }
        });
    if (present.isEmpty()) {
      throw fields.values().iterator().next().fault("is all there is.", "Write a whole task.");
    }
    return present;
  }

  private static void refuse(Map<String, YamlValue> fields) {
    fields.forEach(
        (name, value) -> {
          if (REFUSED.containsKey(name)) {
            String code = value.function().isEmpty() ? "" : " (" + value.function() + ")";
            throw value.fault(
                "%s%s.".formatted(REFUSED.get(name), code),
                "Leave it out, with the rows prepared in a file of your own or the tasks of a group"
                    + " named one by one; or write the task as a Java class (docs/tasks.md).");
          }
          if (!SUPPORTED.contains(name) && !IGNORED.contains(name)) {
            throw value.fault(
                "is no field of a task." + DidYouMean.hint(name, SUPPORTED),
                "Available: " + String.join(", ", new TreeSet<>(SUPPORTED)) + ".");
          }
          PythonCode.check(value);
        });
    Optional.ofNullable(fields.get("unsafe_code"))
        .filter(YamlValue::flag)
        .ifPresent(
            value -> {
              throw value.fault("asks to run what a model writes.", "Leave it out.");
            });
    WritingPlan.repeats(fields);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return plan.title();
  }

  @Override
  public Task open(TaskOptions options) {
    return new TaskBuilder(file, plan, notes, options).build();
  }
}
