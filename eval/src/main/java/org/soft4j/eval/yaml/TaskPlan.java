package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.yaml.functions.TaskFunction;

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
 * @param metrics of metric_list
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
    List<MetricPlan> metrics,
    Optional<WritingPlan> writing,
    Optional<TaskFunction.Results> results) {
  /** What is asked of the model: output_type. */
  enum Output {
    MULTIPLE_CHOICE(
        List.of(
            "acc",
            "acc_norm",
            "acc_bytes",
            "acc_mutual_info",
            "exact_match",
            "f1",
            "mcc",
            "brier_score"),
        List.of("acc", "acc_norm")),
    GENERATE_UNTIL(
        List.of("exact_match", "bleu", "chrf", "chrf++", "ter", "f1"), List.of("exact_match")),
    LOGLIKELIHOOD(List.of("acc", "perplexity"), List.of("perplexity", "acc")),
    LOGLIKELIHOOD_ROLLING(
        List.of("word_perplexity", "byte_perplexity", "bits_per_byte"),
        List.of("word_perplexity", "byte_perplexity", "bits_per_byte"));

    private final List<String> known;
    private final List<String> standard;

    Output(List<String> known, List<String> standard) {
      this.known = known;
      this.standard = standard;
    }

    /** Metrics that can be asked for. */
    List<String> known() {
      return known;
    }

    /** Metrics where the file names none. */
    List<String> standard() {
      return standard;
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
        case "loglikelihood_rolling" -> LOGLIKELIHOOD_ROLLING;
        default ->
            throw type.fault(
                "\"%s\" is not supported.".formatted(type.text()),
                "Available: generate_until, loglikelihood, loglikelihood_rolling, multiple_choice.");
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
    if (output != Output.GENERATE_UNTIL) {
      AnswerFilter.ofScores(fields); // refused before any row is read
    }
    String between = text(fields, "fewshot_delimiter", "\n\n");
    List<MetricPlan> metrics = MetricPlan.read(fields, whole, output);
    Optional<WritingPlan> writing =
        output == Output.GENERATE_UNTIL
            ? Optional.of(WritingPlan.read(fields, between))
            : Optional.empty();
    Optional<TaskFunction.Results> results =
        PythonCode.of(
            Optional.ofNullable(fields.get("process_results")), TaskFunction.Results.class);
    writing.ifPresent(how -> refuseLists(how, metrics, results.isPresent(), fields));
    return new TaskPlan(
        name,
        text(fields, "task_alias", name) + " (" + whole.file().getFileName() + ")",
        version(fields).orElse("0"),
        output,
        DataPlan.read(name, fields, whole, split),
        Map.copyOf(fields),
        ShotPlan.read(fields),
        metrics,
        writing,
        results);
  }

  /** Where no take_first ends a filter its answers are lists, which some metrics cannot compare. */
  private static void refuseLists(
      WritingPlan writing,
      List<MetricPlan> metrics,
      boolean scored,
      Map<String, YamlValue> fields) {
    boolean takes = writing.filters().stream().allMatch(AnswerFilter::first);
    boolean numbers = writing.filters().stream().anyMatch(AnswerFilter::numbers);
    if (numbers && scored) {
      throw fields
          .get("filter_list")
          .fault("maps to numbers, and process_results reads texts.", "Map to texts, in quotes.");
    }
    if (!takes && (scored || metrics.stream().anyMatch(m -> m.aggregate().isEmpty()))) {
      throw fields
          .get("filter_list")
          .fault("does not end with take_first.", "End every filter with take_first.");
    }
  }

  /**
   * Names of the filters, each of which gives every metric; one that says none where it has none.
   */
  List<String> filters() {
    return writing
        .map(plan -> plan.filters().stream().map(AnswerFilter::name).toList())
        .orElseGet(() -> AnswerFilter.ofScores(fields));
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

  /** What metadata.version says. */
  static Optional<String> version(Map<String, YamlValue> fields) {
    return Optional.ofNullable(fields.get("metadata"))
        .filter(YamlValue::isMap)
        .map(metadata -> metadata.fields().get("version"))
        .filter(version -> !version.isNull())
        .map(YamlValue::text);
  }
}
