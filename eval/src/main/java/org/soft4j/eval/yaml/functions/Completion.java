package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.lm.template.value.PythonText;

/**
 * task.py of fda, swde and squad_completion, which are Python classes: a text goes on, and is right
 * where it holds the value of the row, in letters of any size (Arora et al. 2024).
 */
final class Completion {
  private static final String FIELDS =
      """
      dataset_path: %s
      dataset_name: default
      validation_split: validation
      output_type: generate_until
      doc_to_text: "{{text.strip()}}"
      doc_to_target: "{{value.strip()}}"
      generation_kwargs: {until: ["%s"], max_gen_toks: %s}
      process_results: !function task.process_results
      metric_list: [{metric: contains, aggregation: mean, higher_is_better: true}]
      metadata: {version: 1}
      """;

  private Completion() {}

  /**
   * The module of a class.
   *
   * @param name of the class
   * @param set data set
   * @param until what ends an answer, as YAML
   * @param most tokens of an answer
   */
  static TaskModule module(String name, String set, String until, int most) {
    return TaskModule.of(
        Map.of(
            name,
            (TaskFunction.Fields) () -> FIELDS.formatted(set, until, most),
            "process_results",
            (TaskFunction.Results) Completion::contains));
  }

  private static Map<String, Double> contains(Map<String, Object> row, List<TaskAnswer> answers) {
    Pattern value =
        Pattern.compile(
            Pattern.quote(PythonText.stripped(Columns.text(row, "value"))),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    String text = ((TaskAnswer.Writing) answers.get(0)).text();
    return Map.of("contains", value.matcher(text).find() ? 1.0 : 0.0);
  }
}
