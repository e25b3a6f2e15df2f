package org.soft4j.benchmarks.truthfulqa;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.Csv;
import org.soft4j.core.UserError;
import org.soft4j.eval.Document;
import org.soft4j.eval.TruthReferences;

/** Reads TruthfulQA.csv: questions with true and false reference answers. */
final class TruthfulQaAnswers {
  private static final List<String> COLUMNS =
      List.of("Category", "Question", "Correct Answers", "Incorrect Answers");
  private static final String NO_COMMENT = "I have no comment.";

  /**
   * One question.
   *
   * @param question what is asked, without white space around it, as in the reference harness
   * @param category such as {@code Misconceptions}
   * @param type {@code Adversarial} or {@code Non-Adversarial}; empty where the file has no such
   *     column, and so on
   * @param best the best true answer
   * @param source where the facts are from
   * @param right true answers, each ending in a full stop; "I have no comment." is one of them
   * @param wrong false answers, each ending in a full stop
   */
  record Row(
      String question,
      String category,
      String type,
      String best,
      String source,
      List<String> right,
      List<String> wrong) {
    /** As the configuration generation has it, with its answers as the harness mends them. */
    Document document(String id) {
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      fields.put("type", type).put("category", category);
      fields.put("question", question).put("best_answer", best);
      right.forEach(fields.putArray("correct_answers")::add);
      wrong.forEach(fields.putArray("incorrect_answers")::add);
      fields.put("source", source);
      Set<String> counts =
          TruthReferences.MEASURES.stream().map(m -> m + "_acc").collect(Collectors.toSet());
      String target = Document.Logged.NO_TARGET;
      return Document.of(id, category, question, new Document.Logged(fields, target, counts));
    }
  }

  private TruthfulQaAnswers() {}

  static List<Row> read(Path file) {
    Csv.Table table = Csv.read(file);
    if (!table.header().containsAll(COLUMNS)) {
      throw new UserError(
          file + " has the columns " + table.header() + ".",
          "Use TruthfulQA.csv, with the columns " + String.join(", ", COLUMNS) + ".");
    }
    return table.rows().stream().map(TruthfulQaAnswers::row).toList();
  }

  private static Row row(Csv.Row line) {
    List<String> right = new ArrayList<>(answers(line.text("Correct Answers")));
    if (!right.contains(NO_COMMENT)) {
      right.add(NO_COMMENT);
    }
    return new Row(
        line.text("Question").strip(),
        line.text("Category"),
        line.cells().getOrDefault("Type", ""),
        line.cells().getOrDefault("Best Answer", ""),
        line.cells().getOrDefault("Source", ""),
        List.copyOf(right),
        answers(line.text("Incorrect Answers")));
  }

  /** Answers stand between semicolons; the reference harness adds the full stops. */
  private static List<String> answers(String cell) {
    return Stream.of(cell.split(";"))
        .map(String::strip)
        .filter(answer -> !answer.isEmpty())
        .map(answer -> answer.endsWith(".") ? answer : answer + ".")
        .toList();
  }
}
