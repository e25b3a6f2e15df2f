package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * The utils.py of mmlu_pro and mmlu-pro-plus: a question with lettered options, which an example
 * answers step by step.
 *
 * @param letters how many options get a letter
 * @param strict whether a row with more options is refused, where Python ends; they are left out
 *     otherwise
 */
record MmluPro(int letters, boolean strict) implements TaskModule {
  private static final String THINKS = "Let's think step by step.";
  private static final Pattern RIGHT = Pattern.compile("The answer is \\(([A-Z])\\)\\.");

  @Override
  public Optional<TaskFunction> function(String name) {
    return switch (name) {
      case "doc_to_text", "fewshot_to_text" -> Optional.of((TaskFunction.Value) this::question);
      case "fewshot_to_target" ->
          Optional.of(
              (TaskFunction.Value)
                  row -> Columns.text(row, "cot_content").replace("A: " + THINKS + " ", ""));
      default -> SubjectFilter.professional().function(name);
    };
  }

  private String question(Map<String, Object> row) {
    StringBuilder text = new StringBuilder("Question:\n");
    text.append(Columns.text(row, "question")).append("\nOptions:\n");
    List<String> options = Columns.texts(row, "options");
    if (strict && options.size() > letters) {
      throw new IllegalArgumentException("it has more than %s options".formatted(letters));
    }
    for (int i = 0; i < Math.min(letters, options.size()); i++) {
      text.append((char) ('A' + i)).append(". ");
      text.append(PythonText.stripped(options.get(i))).append("\n");
    }
    return text.append("Answer: ").append(THINKS).toString();
  }

  /** The mmlu_pro of Llama 3, whose examples are answers alone. */
  static TaskModule llama() {
    return name ->
        name.equals("fewshot_to_text")
            ? Optional.of((TaskFunction.Value) MmluPro::bestAnswer)
            : SubjectFilter.professional().function(name);
  }

  private static String bestAnswer(Map<String, Object> row) {
    String text = Columns.text(row, "cot_content");
    String start = "A: " + THINKS;
    String answer =
        PythonText.stripped(text.startsWith(start) ? text.substring(start.length()) : text);
    return RIGHT.matcher(answer).replaceAll("The best answer is $1.");
  }
}
