package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.eval.yaml.functions.RegexOptions;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.lm.template.value.PythonText;

/** Reads the steps of one filter in order, and knows how many answers each leaves. */
final class FilterSteps {
  private static final String NUMBER_AFTER_MARK = "#### (\\-?[0-9\\.\\,]+)";
  private static final String TAKE_FIRST = "take_first";
  private static final String TAKE_SOME = "take_first_k";
  private static final String VOTE = "majority_vote";
  private static final String MAP = "map";
  private static final List<String> KNOWN =
      List.of(
          "regex",
          "multi_choice_regex",
          "remove_whitespace",
          "lowercase",
          "uppercase",
          "format_span",
          MAP,
          VOTE,
          TAKE_SOME,
          TAKE_FIRST);

  /** What a step makes of all answers to a row: texts, and whole numbers behind map. */
  @FunctionalInterface
  interface Step {
    List<Object> of(List<Object> answers, Map<String, Object> row);
  }

  private int left;
  private boolean first;
  private boolean mapped;
  private boolean numbers;

  /** Begins a filter of so many answers. */
  FilterSteps(int answers) {
    left = answers;
  }

  /** How many answers the steps so far leave. */
  int left() {
    return left;
  }

  /** Whether the last step takes the first answer out of the list. */
  boolean first() {
    return first;
  }

  /** Whether what is left may be a whole number. */
  boolean numbers() {
    return numbers;
  }

  /** Whether an entry is take_first. */
  static boolean takesFirst(YamlValue step) {
    YamlValue function = step.isMap() ? step.fields().get("function") : null;
    return function != null && function.function().isEmpty() && function.text().equals(TAKE_FIRST);
  }

  Step read(YamlValue entry) {
    Map<String, YamlValue> fields = entry.fields();
    YamlValue function = Fields.required(entry, fields, "function");
    if (first) {
      throw function.fault(
          "stands behind take_first, where the harness filters the letters of the answer.",
          "Put take_first at the end of the filter.");
    }
    boolean chooses =
        function.function().isEmpty()
            && List.of(TAKE_FIRST, TAKE_SOME, VOTE).contains(function.text());
    if (mapped && !chooses) {
      throw function.fault(
          "stands behind map, whose values are final here.", "Put map behind all such filters.");
    }
    if (!function.function().isEmpty()) {
      return each(python(function, fields));
    }
    return switch (function.text()) {
      case "regex" -> each(regex(fields));
      case "multi_choice_regex" -> each(multiChoice(fields));
      case "remove_whitespace" -> alone(fields, PythonText::stripped);
      case "lowercase" -> alone(fields, text -> text.toLowerCase(Locale.ROOT));
      case "uppercase" -> alone(fields, text -> text.toUpperCase(Locale.ROOT));
      case "format_span" -> alone(fields, SpanFormat::of);
      case MAP -> map(entry, fields);
      case VOTE -> vote(fields);
      case TAKE_SOME -> some(entry, fields);
      case TAKE_FIRST -> takeFirst(fields);
      default ->
          throw function.fault(
              "\"%s\" is not supported.%s"
                  .formatted(function.text(), DidYouMean.hint(function.text(), KNOWN)),
              "Available: " + String.join(", ", KNOWN) + ".");
    };
  }

  private Step takeFirst(Map<String, YamlValue> fields) {
    Fields.refuseOthers(fields, Set.of("function"));
    first = true;
    return (answers, row) -> answers.subList(0, 1);
  }

  private Step some(YamlValue entry, Map<String, YamlValue> fields) {
    Fields.refuseOthers(fields, Set.of("function", "k"));
    YamlValue many = Fields.required(entry, fields, "k");
    int k = many.whole();
    if (k < 1 || k > left) {
      throw many.fault(
          "is %s, and a row has %s answers there.".formatted(k, left),
          "Write 1 to %s, or raise repeats.".formatted(left));
    }
    left = k;
    return (answers, row) -> answers.subList(0, k);
  }

  /** The most frequent answer; of several the one that came first. */
  private Step vote(Map<String, YamlValue> fields) {
    Fields.refuseOthers(fields, Set.of("function"));
    left = 1;
    return (answers, row) -> {
      Map<Object, Integer> votes = new LinkedHashMap<>();
      answers.forEach(answer -> votes.merge(answer, 1, Integer::sum));
      int most = Collections.max(votes.values());
      return votes.entrySet().stream()
          .filter(vote -> vote.getValue() == most)
          .<Object>map(Map.Entry::getKey)
          .limit(1)
          .toList();
    };
  }

  private Step map(YamlValue entry, Map<String, YamlValue> fields) {
    Fields.refuseOthers(fields, Set.of("function", "mapping_dict", "default_value"));
    Map<String, Object> values = new LinkedHashMap<>();
    for (YamlValue.Pair pair : Fields.required(entry, fields, "mapping_dict").pairs()) {
      // A key that is no text is never equal to an answer.
      if (pair.key().isText()) {
        values.put(pair.key().text(), plain(pair.value()));
      }
    }
    YamlValue otherwise = fields.get("default_value");
    if (otherwise == null) {
      throw entry.fault(
          "maps without default_value: the harness stops at an answer that is not in the map.",
          "Add default_value, a text or a whole number.");
    }
    Object rest = plain(otherwise);
    mapped = true;
    numbers = rest instanceof Long || values.values().stream().anyMatch(Long.class::isInstance);
    return (answers, row) -> answers.stream().map(key -> values.getOrDefault(key, rest)).toList();
  }

  private static Object plain(YamlValue value) {
    if (value.isText() && value.function().isEmpty()) {
      return value.text();
    }
    if (value.isWhole()) {
      return (long) value.whole();
    }
    throw value.fault(
        "is neither a text nor a whole number.", "Write one, in quotes or as digits.");
  }

  private static Step each(TaskFunction.Extraction extraction) {
    return (answers, row) ->
        answers.stream().<Object>map(answer -> extraction.of((String) answer, row)).toList();
  }

  private static Step alone(Map<String, YamlValue> fields, UnaryOperator<String> step) {
    Fields.refuseOthers(fields, Set.of("function"));
    return each((text, row) -> step.apply(text));
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

  private static TaskFunction.Extraction regex(Map<String, YamlValue> fields) {
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

  private static TaskFunction.Extraction multiChoice(Map<String, YamlValue> fields) {
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
    PythonPattern pattern = pattern(fields);
    RegexOptions options =
        new RegexOptions(
            select(fields),
            fallback(fields),
            regexes == null ? List.of() : regexes.list().stream().map(Fields::pattern).toList(),
            fields.containsKey("ignore_case") && fields.get("ignore_case").truth(),
            fields.containsKey("ignore_punctuation") && fields.get("ignore_punctuation").truth(),
            false);
    return (answer, row) -> options.choice(pattern, choices(row), answer);
  }

  private static List<String> choices(Map<String, Object> row) {
    List<String> choices = new ArrayList<>();
    if (row.get("choices") instanceof List<?> list) {
      list.forEach(choice -> choices.add(choice instanceof String text ? text : null));
    }
    if (choices.isEmpty() || choices.contains(null)) {
      throw new UserError(
          "The filter multi_choice_regex needs the column \"choices\" with a list of texts.",
          "Add the column to the rows, or take the filter regex.");
    }
    return choices;
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
        ? PythonText.stripped(groups.get(0))
        : groups.stream()
            .filter(group -> !group.isEmpty())
            .findFirst()
            .map(PythonText::stripped)
            .orElse(fallback);
  }
}
