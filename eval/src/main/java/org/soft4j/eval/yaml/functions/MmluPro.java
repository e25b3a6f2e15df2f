package org.soft4j.eval.yaml.functions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.core.InputFile;
import org.soft4j.core.UserError;
import org.soft4j.core.Utf8;
import org.soft4j.lm.template.PythonLiteral;
import org.soft4j.lm.template.value.PythonText;

/** MMLU-Pro: a question with lettered options, which an example answers step by step. */
final class MmluPro {
  private static final String THINKS = "Let's think step by step.";
  private static final Pattern RIGHT = Pattern.compile("The answer is \\(([A-Z])\\)\\.");
  private static final int OPTIONS = 10;
  // Of the words of a language: options follow the first, and the answer replaces another mark.
  private static final int ANSWER = 2;
  private static final int REPLACED = 4;
  private static final String NAME = "LANG_LIBS = ";
  private static final int MOST_BYTES = 1_000_000;

  private MmluPro() {}

  /**
   * The utils.py of mmlu_pro and mmlu-pro-plus.
   *
   * @param letters how many options get a letter
   * @param strict whether a row with more options is refused, where Python ends; they are left out
   *     otherwise
   */
  static TaskModule module(int letters, boolean strict) {
    TaskFunction.Value question = row -> question(row, letters, strict);
    TaskFunction.Value answer =
        row -> Columns.text(row, "cot_content").replace("A: " + THINKS + " ", "");
    return Subjects.professional(
        Map.of("doc_to_text", question, "fewshot_to_text", question, "fewshot_to_target", answer));
  }

  private static String question(Map<String, Object> row, int letters, boolean strict) {
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
  static TaskModule ofLlama() {
    return Subjects.professional(
        Map.of("fewshot_to_text", (TaskFunction.Value) MmluPro::bestAnswer));
  }

  private static String bestAnswer(Map<String, Object> row) {
    String text = Columns.text(row, "cot_content");
    String start = "A: " + THINKS;
    String answer =
        PythonText.stripped(text.startsWith(start) ? text.substring(start.length()) : text);
    return RIGHT.matcher(answer).replaceAll("The best answer is $1.");
  }

  /**
   * mmlu_prox/LANGUAGE/utils.py: MMLU-Pro in the words of the language that the module's folder is
   * named after, which stand in lang_libs.py.
   */
  static TaskModule ofLanguage(Path module) {
    Path languages = module.getParent().resolveSibling("lang_libs.py");
    String language = module.getParent().getFileName().toString();
    List<String> words;
    try {
      String text = Utf8.decode(InputFile.bytes(languages, MOST_BYTES), languages, 1);
      String first = text.substring(NAME.length(), text.indexOf("\n}") + 2);
      Object read = PythonLiteral.parse(first).orElseThrow(IllegalArgumentException::new);
      words = Columns.texts(Columns.map(read, NAME), language);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "%s has no words for \"%s\".".formatted(languages, language),
          "Keep the folder as the harness has it.",
          e);
    }
    TaskFunction.Value question = row -> question(row, words) + words.get(ANSWER);
    TaskFunction.Value example = row -> question(row, words) + answer(row, words) + "\n\n";
    return Subjects.professional(Map.of("doc_to_text", question, "fewshot_to_text", example));
  }

  private static String question(Map<String, Object> row, List<String> words) {
    StringBuilder text = new StringBuilder(words.get(0)).append("\n");
    text.append(Columns.text(row, "question")).append("\n").append(words.get(1)).append("\n");
    for (int i = 0; i < OPTIONS; i++) {
      String column = "option_" + i;
      if (Columns.any(row, column) != null) {
        text.append((char) ('A' + i)).append(". ").append(Columns.text(row, column)).append("\n");
      }
    }
    return text.toString();
  }

  private static String answer(Map<String, Object> row, List<String> words) {
    return Columns.text(row, "cot_content").replace(words.get(REPLACED), words.get(ANSWER));
  }
}
