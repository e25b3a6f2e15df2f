package org.soft4j.eval.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question of FastChat's.
 *
 * @param id its number
 * @param category such as {@code writing}
 * @param turns what is asked, by turn
 */
public record FastChatQuestion(String id, String category, List<String> turns) {
  /** Reads a question.jsonl: questions by id, in the file's order. */
  public static Map<String, FastChatQuestion> read(Path file) {
    Map<String, FastChatQuestion> questions = new LinkedHashMap<>();
    FastChatLines.read(file, FastChatQuestion::of).forEach(q -> questions.put(q.id, q));
    return questions;
  }

  private static FastChatQuestion of(FastChatLines.Line line) {
    return new FastChatQuestion(
        line.text("question_id"), line.text("category"), line.texts("turns"));
  }
}
