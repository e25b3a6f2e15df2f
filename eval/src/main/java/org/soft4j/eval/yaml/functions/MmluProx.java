package org.soft4j.eval.yaml.functions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.InputFile;
import org.soft4j.core.UserError;
import org.soft4j.core.Utf8;
import org.soft4j.lm.template.PythonLiteral;

/**
 * mmlu_prox/LANGUAGE/utils.py: MMLU-Pro in the words of a language, which stand in lang_libs.py.
 *
 * @param words question, options, answer and the mark that the answer's words replace
 */
record MmluProx(List<String> words) implements TaskModule {
  private static final int OPTIONS = 10;
  private static final int ANSWER = 2;
  private static final int REPLACED = 4;
  private static final int MOST_BYTES = 1_000_000;
  private static final String NAME = "LANG_LIBS = ";

  /** The functions of the language that the module's folder is named after. */
  static MmluProx of(Path module) {
    Path languages = module.getParent().resolveSibling("lang_libs.py");
    String language = module.getParent().getFileName().toString();
    try {
      String text = Utf8.decode(InputFile.bytes(languages, MOST_BYTES), languages, 1);
      String first = text.substring(NAME.length(), text.indexOf("\n}") + 2);
      Object read = PythonLiteral.parse(first).orElseThrow(IllegalArgumentException::new);
      return new MmluProx(Columns.texts(Columns.map(read, NAME), language));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "%s has no words for \"%s\".".formatted(languages, language),
          "Keep the folder as the harness has it.",
          e);
    }
  }

  @Override
  public Optional<TaskFunction> function(String name) {
    return switch (name) {
      case "doc_to_text" ->
          Optional.of(
              (TaskFunction.Value) row -> question(row).append(words.get(ANSWER)).toString());
      case "fewshot_to_text" ->
          Optional.of(
              (TaskFunction.Value)
                  row -> question(row).append(answer(row)).append("\n\n").toString());
      default -> SubjectFilter.professional().function(name);
    };
  }

  private StringBuilder question(Map<String, Object> row) {
    StringBuilder text = new StringBuilder(words.get(0)).append("\n");
    text.append(Columns.text(row, "question")).append("\n").append(words.get(1)).append("\n");
    for (int i = 0; i < OPTIONS; i++) {
      String column = "option_" + i;
      if (Columns.any(row, column) != null) {
        text.append((char) ('A' + i)).append(". ").append(Columns.text(row, column)).append("\n");
      }
    }
    return text;
  }

  private String answer(Map<String, Object> row) {
    return Columns.text(row, "cot_content").replace(words.get(REPLACED), words.get(ANSWER));
  }
}
