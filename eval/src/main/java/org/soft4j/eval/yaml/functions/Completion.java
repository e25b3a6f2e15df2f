package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.lm.template.value.PythonText;

/**
 * task.py of fda, swde and squad_completion, which are Python classes: a text goes on, and is right
 * where it holds the value of the row, in letters of any size (Arora et al. 2024).
 *
 * @param name of the class
 * @param set data set
 * @param until what ends an answer, as YAML
 * @param most tokens of an answer
 */
record Completion(String name, String set, String until, int most) implements TaskModule {
  static final Completion FDA = new Completion("FDA", "hazyresearch/based-fda", "\\n", 48);
  static final Completion SWDE = new Completion("SWDE", "hazyresearch/based-swde-v2", "\\n", 48);

  /** Its class asks for 48 tokens of a line only where settings say nothing, and they always do. */
  static final Completion SQUAD =
      new Completion("SQUADCompletion", "hazyresearch/based-squad", "\\n\\n", 256);

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

  @Override
  public Optional<TaskFunction> function(String function) {
    if (function.equals(name)) {
      return Optional.of((TaskFunction.Fields) () -> FIELDS.formatted(set, until, most));
    }
    return function.equals("process_results")
        ? Optional.of((TaskFunction.Results) Completion::contains)
        : Optional.empty();
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
