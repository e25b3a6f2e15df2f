package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.run.DidYouMean;

/**
 * A task file that was found to be supported, not yet with rows.
 *
 * @param name of the task
 * @param title for people
 * @param version metadata.version, or 0
 * @param output what is asked of the model
 * @param data where the rows are
 * @param fields of the file, for what depends on the rows' columns
 * @param shots where examples come from
 * @param metrics names, of multiple_choice and loglikelihood
 * @param writing of generate_until
 * @param results process_results, which stands in for the metrics' own scoring
 */
record TaskPlan(
    String name,
    String title,
    String version,
    Output output,
    DataPlan data,
    Map<String, YamlValue> fields,
    ShotPlan shots,
    List<String> metrics,
    Optional<WritingPlan> writing,
    Optional<TaskFunction.Results> results) {
  private static final Set<String> ENTRY =
      Set.of("metric", "aggregation", "higher_is_better", "hf_evaluate");

  /** What is asked of the model: output_type. */
  enum Output {
    MULTIPLE_CHOICE(YamlChoiceItem.METRICS, List.of("acc", "acc_norm")),
    GENERATE_UNTIL(List.of("exact_match"), List.of("exact_match")),
    LOGLIKELIHOOD(List.of("acc"), List.of("perplexity", "acc"));

    private final List<String> known;
    private final List<String> standard;

    Output(List<String> known, List<String> standard) {
      this.known = known;
      this.standard = standard;
    }

    static Output read(Map<String, YamlValue> fields) {
      YamlValue type = fields.get("output_type");
      if (type == null) {
        return GENERATE_UNTIL;
      }
      return switch (type.text()) {
        case "multiple_choice" -> MULTIPLE_CHOICE;
        case "generate_until" -> GENERATE_UNTIL;
        case "loglikelihood" -> LOGLIKELIHOOD;
        default ->
            throw type.fault(
                "\"%s\" is not supported.".formatted(type.text()),
                "Available: generate_until, loglikelihood, multiple_choice.");
      };
    }
  }

  static TaskPlan read(String name, Map<String, YamlValue> fields, YamlValue whole) {
    Output output = Output.read(fields);
    String split = evaluated(fields, whole);
    for (String field : List.of("doc_to_text", "doc_to_target")) {
      Fields.required(whole, fields, field);
    }
    if (output == Output.MULTIPLE_CHOICE) {
      Fields.required(whole, fields, "doc_to_choice");
    }
    List<String> metrics = new ArrayList<>();
    ExactMatch match = metrics(fields, whole, output, metrics);
    String between = text(fields, "fewshot_delimiter", "\n\n");
    return new TaskPlan(
        name,
        text(fields, "task_alias", name) + " (" + whole.file().getFileName() + ")",
        version(fields),
        output,
        DataPlan.read(name, fields, whole, split),
        Map.copyOf(fields),
        ShotPlan.read(fields),
        List.copyOf(metrics),
        output == Output.GENERATE_UNTIL
            ? Optional.of(WritingPlan.read(fields, between, match))
            : Optional.empty(),
        PythonCode.of(
            Optional.ofNullable(fields.get("process_results")), TaskFunction.Results.class));
  }

  /**
   * Names of the filters, each of which gives every metric; one that says none where it has none.
   */
  List<String> filters() {
    return writing
        .map(plan -> plan.filters().stream().map(AnswerFilter::name).toList())
        .orElse(List.of(FilteredMetric.NONE));
  }

  /** A text field, or what stands where it is left out. */
  static String text(Map<String, YamlValue> fields, String name, String otherwise) {
    return fields.containsKey(name) ? fields.get(name).text() : otherwise;
  }

  private static String evaluated(Map<String, YamlValue> fields, YamlValue whole) {
    String split = text(fields, "test_split", text(fields, "validation_split", ""));
    if (split.isEmpty()) {
      throw whole.fault("has no split to evaluate.", "Add test_split or validation_split.");
    }
    if (!split.matches("[A-Za-z0-9_.-]+") || split.contains("..")) {
      throw whole.fault("has the split \"" + split + "\".", "Name a split, such as test.");
    }
    return split;
  }

  private static String version(Map<String, YamlValue> fields) {
    return Optional.ofNullable(fields.get("metadata"))
        .filter(YamlValue::isMap)
        .map(metadata -> metadata.fields().get("version"))
        .map(YamlValue::text)
        .orElse("0");
  }

  /** Fills in the metrics' names; gives what equal texts are. */
  private static ExactMatch metrics(
      Map<String, YamlValue> fields, YamlValue whole, Output output, List<String> names) {
    ExactMatch match = new ExactMatch(List.of(), false, false, false);
    if (fields.containsKey("process_results")) {
      names.addAll(scored(fields, whole));
      return match;
    }
    if (!fields.containsKey("metric_list")) {
      output.standard.forEach(name -> names.add(known(whole, name, output)));
      return match;
    }
    for (YamlValue entry : fields.get("metric_list").list()) {
      Map<String, YamlValue> of = entry.fields();
      YamlValue metric = Fields.required(entry, of, "metric");
      Fields.refuseCode(metric);
      names.add(known(metric, metric.text(), output));
      Map<String, YamlValue> options = new TreeMap<>(of);
      options.keySet().removeAll(ENTRY);
      mean(of);
      if (output == Output.GENERATE_UNTIL) {
        match = ExactMatch.read(options);
      } else {
        Fields.refuseOthers(options, Set.of());
      }
    }
    return match;
  }

  /** Metrics whose values process_results gives. */
  private static List<String> scored(Map<String, YamlValue> fields, YamlValue whole) {
    List<String> names = new ArrayList<>();
    for (YamlValue entry : Fields.required(whole, fields, "metric_list").list()) {
      Map<String, YamlValue> of = entry.fields();
      names.add(Fields.required(entry, of, "metric").text());
      mean(of);
    }
    return names;
  }

  private static String known(YamlValue place, String name, Output output) {
    if (!output.known.contains(name)) {
      throw place.fault(
          "\"%s\" is not supported.%s".formatted(name, DidYouMean.hint(name, output.known)),
          "Available for this output_type, with aggregation: mean: "
              + String.join(", ", output.known)
              + ".");
    }
    return name;
  }

  private static void mean(Map<String, YamlValue> entry) {
    YamlValue aggregation = entry.get("aggregation");
    if (aggregation != null) {
      Fields.refuseCode(aggregation);
      if (!aggregation.text().equals("mean")) {
        throw aggregation.fault(
            "\"%s\" is not supported.".formatted(aggregation.text()), "Available: mean.");
      }
    }
    if (entry.containsKey("higher_is_better") && !entry.get("higher_is_better").flag()) {
      throw entry.get("higher_is_better").fault("is false.", "A higher share is better here.");
    }
    if (entry.containsKey("hf_evaluate") && entry.get("hf_evaluate").flag()) {
      throw entry.get("hf_evaluate").fault("asks for Python's evaluate.", "Leave it out.");
    }
  }
}
