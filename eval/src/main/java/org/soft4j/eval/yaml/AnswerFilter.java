package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.soft4j.core.DidYouMean;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.eval.python.PythonStrip;
import org.soft4j.eval.yaml.functions.TaskFunction;

/**
 * A pipeline of filter_list: what is taken from a written answer before it is compared.
 *
 * @param name of the pipeline, which stands beside the metrics' names
 * @param steps in order
 */
record AnswerFilter(String name, List<TaskFunction.Extraction> steps) {
  private static final String NUMBER_AFTER_MARK = "#### (\\-?[0-9\\.\\,]+)";
  private static final String TAKE_FIRST = "take_first";
  private static final List<String> KNOWN =
      List.of(
          "regex", "multi_choice_regex", "remove_whitespace", "lowercase", "uppercase", TAKE_FIRST);

  /** What stands where the file names no filter: the answer as it was written. */
  static final AnswerFilter NONE = new AnswerFilter(FilteredMetric.NONE, List.of());

  /** Reads one entry of filter_list. */
  static AnswerFilter read(YamlValue entry) {
    Map<String, YamlValue> fields = entry.fields();
    Fields.refuseOthers(fields, Set.of("name", "filter"));
    List<YamlValue> functions = Fields.required(entry, fields, "filter").list();
    YamlValue last = functions.isEmpty() ? entry : functions.get(functions.size() - 1);
    boolean first =
        last.isMap()
            && last.fields().containsKey("function")
            && last.fields().get("function").function().isEmpty()
            && last.fields().get("function").text().equals(TAKE_FIRST);
    if (!first) {
      throw last.fault("does not end with take_first.", "End every filter with take_first.");
    }
    return new AnswerFilter(
        Fields.required(entry, fields, "name").text(),
        functions.stream().map(AnswerFilter::step).toList());
  }

  /**
   * Names of the filters of log-probabilities, which may only take the first answer: in the
   * reference harness the others stop at what is no text.
   */
  static List<String> ofScores(Map<String, YamlValue> fields) {
    if (!fields.containsKey("filter_list")) {
      return List.of(FilteredMetric.NONE);
    }
    List<String> names = new ArrayList<>();
    for (YamlValue entry : fields.get("filter_list").list()) {
      names.add(read(entry).name());
      for (YamlValue step : entry.fields().get("filter").list()) {
        YamlValue function = step.fields().get("function");
        if (!function.function().isEmpty() || !function.text().equals(TAKE_FIRST)) {
          throw function.fault("is a filter of written answers.", "Leave take_first alone.");
        }
      }
    }
    return List.copyOf(names);
  }

  /** The answer to a row as it is compared. */
  String apply(String answer, Row row) {
    String text = answer;
    for (TaskFunction.Extraction step : steps) {
      text = step.of(text, row.values());
    }
    return text;
  }

  private static TaskFunction.Extraction step(YamlValue entry) {
    Map<String, YamlValue> fields = entry.fields();
    YamlValue function = Fields.required(entry, fields, "function");
    if (!function.function().isEmpty()) {
      return python(function, fields);
    }
    return switch (function.text()) {
      case "regex" -> regex(entry, fields);
      case "multi_choice_regex" -> multiChoice(entry, fields);
      case "remove_whitespace" -> alone(fields, PythonStrip::of);
      case "lowercase" -> alone(fields, text -> text.toLowerCase(Locale.ROOT));
      case "uppercase" -> alone(fields, text -> text.toUpperCase(Locale.ROOT));
      case TAKE_FIRST -> alone(fields, text -> text);
      default ->
          throw function.fault(
              "\"%s\" is not supported.%s"
                  .formatted(function.text(), DidYouMean.hint(function.text(), KNOWN)),
              "Available: " + String.join(", ", KNOWN) + ".");
    };
  }

  private static TaskFunction.Extraction python(YamlValue name, Map<String, YamlValue> fields) {
    Map<String, Object> options = new LinkedHashMap<>();
    fields.entrySet().stream()
        .filter(field -> !field.getKey().equals("function"))
        .forEach(field -> options.put(field.getKey(), field.getValue().plain()));
    try {
      return PythonCode.of(name, TaskFunction.Filter.class).with(options);
    } catch (IllegalArgumentException e) {
      throw name.fault("cannot be used: " + e.getMessage() + ".", "Correct its options.");
    }
  }

  private static TaskFunction.Extraction alone(
      Map<String, YamlValue> fields, UnaryOperator<String> step) {
    Fields.refuseOthers(fields, Set.of("function"));
    return (text, row) -> step.apply(text);
  }

  private static TaskFunction.Extraction regex(YamlValue entry, Map<String, YamlValue> fields) {
    Fields.refuseOthers(fields, Set.of("function", "regex_pattern", "group_select", "fallback"));
    PythonPattern pattern = pattern(fields);
    int select = select(fields);
    String fallback = fallback(fields);
    return (text, row) -> {
      List<List<String>> matches = pattern.findAll(text);
      int at = select < 0 ? matches.size() + select : select;
      return at < 0 || at >= matches.size() ? fallback : chosen(matches.get(at), fallback);
    };
  }

  private static TaskFunction.Extraction multiChoice(
      YamlValue entry, Map<String, YamlValue> fields) {
    Fields.refuseOthers(
        fields,
        Set.of(
            "function",
            "regex_pattern",
            "group_select",
            "fallback",
            "ignore_case",
            "ignore_punctuation",
            "regexes_to_ignore"));
    YamlValue regexes = fields.get("regexes_to_ignore");
    return new MultiChoiceFilter(
        pattern(fields),
        select(fields),
        fallback(fields),
        regexes == null ? List.of() : regexes.list().stream().map(Fields::pattern).toList(),
        fields.containsKey("ignore_case") && fields.get("ignore_case").truth(),
        fields.containsKey("ignore_punctuation") && fields.get("ignore_punctuation").truth());
  }

  private static PythonPattern pattern(Map<String, YamlValue> fields) {
    return fields.containsKey("regex_pattern")
        ? Fields.pattern(fields.get("regex_pattern"))
        : new PythonPattern(NUMBER_AFTER_MARK);
  }

  private static int select(Map<String, YamlValue> fields) {
    return fields.containsKey("group_select") ? fields.get("group_select").whole() : 0;
  }

  private static String fallback(Map<String, YamlValue> fields) {
    return fields.containsKey("fallback") ? fields.get("fallback").text() : "[invalid]";
  }

  /** The only group, or the first of several that holds something. */
  private static String chosen(List<String> groups, String fallback) {
    return groups.size() == 1
        ? PythonStrip.of(groups.get(0))
        : groups.stream()
            .filter(group -> !group.isEmpty())
            .findFirst()
            .map(PythonStrip::of)
            .orElse(fallback);
  }
}
