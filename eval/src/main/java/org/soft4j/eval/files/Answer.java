package org.soft4j.eval.files;

import java.util.List;
import org.soft4j.core.UserError;

/**
 * What a model answered to a question of one turn or two.
 *
 * @param id of the question
 * @param category of the question, such as {@code math}; AlpacaEval calls it dataset
 * @param question what was asked, by turn
 * @param answer what was answered, by turn
 * @param model that answered
 */
public record Answer(
    String id, String category, List<String> question, List<String> answer, String model) {
  public Answer {
    question = List.copyOf(question);
    answer = List.copyOf(answer);
    if (question.isEmpty() || answer.size() < question.size()) {
      throw new UserError(
          "Question %s has %s turns, and %s answered %s."
              .formatted(id, question.size(), model, answer.size()),
          "Let the model answer every turn, or leave the question out.");
    }
  }

  /** A line of AlpacaEval's model_outputs.json: one turn, known by its instruction. */
  public static Answer of(String instruction, String output, String generator, String dataset) {
    return new Answer(instruction, dataset, List.of(instruction), List.of(output), generator);
  }

  /** What was asked first. */
  public String instruction() {
    return question.get(0);
  }

  /** What was answered first. */
  public String output() {
    return answer.get(0);
  }

  /** Length of a turn's answer, counted from 1, in characters (Unicode code points). */
  public int length(int turn) {
    String text = answer.get(turn - 1);
    return text.codePointCount(0, text.length());
  }
}
