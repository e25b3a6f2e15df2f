package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.PythonLiteral;

/** race/preprocess_race.py: an article, its earlier problems with their answers, and the last. */
final class Race {
  static final TaskModule MODULE =
      TaskModule.of(
          Map.of(
              "doc_to_text", (TaskFunction.Value) Race::asked,
              "doc_to_target", (TaskFunction.Value) row -> (long) right(last(row)),
              "doc_to_choice", (TaskFunction.Value) row -> lettered(last(row))));

  private static final String BLANK_AT_END = "  _  .";
  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  private Race() {}

  private static String asked(Map<String, Object> row) {
    StringBuilder text = new StringBuilder();
    text.append("Article: ").append(Columns.text(row, "article")).append("\n\n");
    List<Map<String, Object>> problems = problems(row);
    for (Map<String, Object> problem : problems.subList(0, problems.size() - 1)) {
      String question = Columns.text(problem, "question");
      String answer = options(problem).get(right(problem));
      if (question.endsWith(BLANK_AT_END)) {
        text.append(question, 0, question.length() - BLANK_AT_END.length() + 1);
        text.append(answer).append("\n");
      } else {
        text.append("Question: ").append(question).append("\n");
        text.append("Answer: ").append(answer).append("\n");
      }
    }
    return text.append(Columns.text(last(row), "question")).toString();
  }

  private static Map<String, Object> last(Map<String, Object> row) {
    List<Map<String, Object>> problems = problems(row);
    return problems.get(problems.size() - 1);
  }

  private static List<Map<String, Object>> problems(Map<String, Object> row) {
    Object read = PythonLiteral.parse(Columns.text(row, "problems")).orElse(null);
    if (read instanceof List<?> list && !list.isEmpty()) {
      return list.stream().map(problem -> Columns.map(problem, "problems")).toList();
    }
    throw new IllegalArgumentException("\"problems\" is no list that Python writes");
  }

  private static int right(Map<String, Object> problem) {
    int at = LETTERS.indexOf(Columns.text(problem, "answer"));
    if (at < 0) {
      throw new IllegalArgumentException("a problem's \"answer\" is none of A, B, C, D");
    }
    return at;
  }

  private static List<String> lettered(Map<String, Object> problem) {
    return options(problem).subList(0, LETTERS.size());
  }

  private static List<String> options(Map<String, Object> problem) {
    List<String> options = Columns.texts(problem, "options");
    if (options.size() < LETTERS.size()) {
      throw new IllegalArgumentException("a problem has %s options".formatted(options.size()));
    }
    return options;
  }
}
