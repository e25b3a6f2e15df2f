package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.eval.FilteredMetric;

/**
 * A pipeline of filter_list: what is taken from the written answers to a row before it is compared.
 *
 * @param name of the pipeline, which stands beside the metrics' names
 * @param steps in order
 * @param first whether take_first stands at the end; else one answer in a list is left
 * @param numbers whether what is left may be a whole number
 */
record AnswerFilter(String name, List<FilterSteps.Step> steps, boolean first, boolean numbers) {
  /** What stands where the file names no filter: the first answer as it was written. */
  static final AnswerFilter NONE = new AnswerFilter(FilteredMetric.NONE, List.of(), true, false);

  /**
   * Reads one entry of filter_list.
   *
   * @param repeats how many answers a row has
   */
  static AnswerFilter read(YamlValue entry, int repeats) {
    Map<String, YamlValue> fields = entry.fields();
    Fields.refuseOthers(fields, Set.of("name", "filter"));
    List<YamlValue> functions = Fields.required(entry, fields, "filter").list();
    FilterSteps made = new FilterSteps(repeats);
    List<FilterSteps.Step> steps = functions.stream().map(made::read).toList();
    YamlValue last = functions.isEmpty() ? entry : functions.get(functions.size() - 1);
    if (!made.first() && made.left() != 1) {
      throw last.fault(
          "leaves %s answers of each row.".formatted(made.left()),
          "End the filter with take_first, or majority_vote and take_first.");
    }
    return new AnswerFilter(
        Fields.required(entry, fields, "name").text(), steps, made.first(), made.numbers());
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
      AnswerFilter read = read(entry, 1);
      names.add(read.name());
      for (YamlValue step : entry.fields().get("filter").list()) {
        if (!FilterSteps.takesFirst(step)) {
          throw step.fields()
              .get("function")
              .fault("is a filter of written answers.", "Leave take_first alone.");
        }
      }
      if (!read.first()) {
        throw entry.fault("takes no answer.", "Write take_first as its only filter.");
      }
    }
    return List.copyOf(names);
  }

  /** What is compared: a text, or a whole number where the filter map gives one. */
  Object apply(List<String> answers, Row row) {
    List<Object> left = new ArrayList<>(answers);
    for (FilterSteps.Step step : steps) {
      left = step.of(left, row.values());
    }
    return left.get(0);
  }
}
