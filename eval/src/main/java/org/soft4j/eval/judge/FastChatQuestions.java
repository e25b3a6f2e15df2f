package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * FastChat's question.jsonl.
 *
 * @param byId questions in the file's order
 */
public record FastChatQuestions(Map<String, Question> byId) {
  /**
   * A question.
   *
   * @param id its number
   * @param category such as {@code writing}
   * @param turns what is asked, by turn
   */
  public record Question(String id, String category, List<String> turns) {
    /** Copies the list. */
    public Question {
      turns = List.copyOf(turns);
    }
  }

  /** Reads lines {@code {"question_id", "category", "turns"}}. */
  public static FastChatQuestions read(Path file) {
    Map<String, Question> questions = new LinkedHashMap<>();
    Lines.read(
            file,
            line ->
                new Question(line.text("question_id"), line.text("category"), line.texts("turns")))
        .forEach(question -> questions.put(question.id(), question));
    return new FastChatQuestions(questions);
  }
}
