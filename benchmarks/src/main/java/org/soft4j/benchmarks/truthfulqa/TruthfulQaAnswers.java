package org.soft4j.benchmarks.truthfulqa;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.soft4j.core.UserError;
import org.soft4j.eval.Document;
import org.soft4j.eval.TruthReferences;

/** Reads TruthfulQA.csv: questions with true and false reference answers. */
final class TruthfulQaAnswers {
  private static final List<String> COLUMNS =
      List.of("Category", "Question", "Correct Answers", "Incorrect Answers");
  private static final String BYTE_ORDER_MARK = "\ufeff";
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
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();
    try (var parser = format.parse(new StringReader(text(file)))) {
      if (!parser.getHeaderNames().containsAll(COLUMNS)) {
        throw fault(file + " has the columns " + parser.getHeaderNames() + ".");
      }
      List<Row> rows = new ArrayList<>();
      for (CSVRecord line : parser) {
        rows.add(row(file, line));
      }
      return rows;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Cannot read " + file + ": " + e.getMessage() + ".", "Download the file again.", e);
    }
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static Row row(Path file, CSVRecord line) {
    if (!line.isConsistent()) {
      throw fault("%s, record %d is cut off.".formatted(file, line.getRecordNumber()));
    }
    List<String> right = new ArrayList<>(answers(line.get("Correct Answers")));
    if (!right.contains(NO_COMMENT)) {
      right.add(NO_COMMENT);
    }
    return new Row(
        line.get("Question").strip(),
        line.get("Category"),
        column(line, "Type"),
        column(line, "Best Answer"),
        column(line, "Source"),
        List.copyOf(right),
        answers(line.get("Incorrect Answers")));
  }

  private static String column(CSVRecord line, String name) {
    return line.isMapped(name) ? line.get(name) : "";
  }

  /** Answers stand between semicolons; the reference harness adds the full stops. */
  private static List<String> answers(String cell) {
    return Stream.of(cell.split(";"))
        .map(String::strip)
        .filter(answer -> !answer.isEmpty())
        .map(answer -> answer.endsWith(".") ? answer : answer + ".")
        .toList();
  }

  private static UserError fault(String problem) {
    return new UserError(
        problem, "Use TruthfulQA.csv, with the columns " + String.join(", ", COLUMNS) + ".");
  }
}
