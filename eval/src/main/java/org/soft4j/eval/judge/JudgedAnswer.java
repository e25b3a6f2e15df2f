package org.soft4j.eval.judge;

import java.util.List;
import org.soft4j.core.UserError;

/**
 * What a model answered to a question of one turn or two.
 *
 * @param id of the question
 * @param category of the question, such as {@code math}
 * @param question what was asked, by turn
 * @param answer what was answered, by turn
 * @param model that answered
 */
public record JudgedAnswer(
    String id, String category, List<String> question, List<String> answer, String model) {
  // What FastChat's callers of services write when a service failed.
  private static final String FAILED = "$ERROR$";

  /** Checks that every turn has its answer. */
  public JudgedAnswer {
    question = List.copyOf(question);
    answer = List.copyOf(answer);
    if (question.isEmpty() || answer.size() < question.size()) {
      throw new UserError(
          "Question %s has %d turns, and %s answered %d."
              .formatted(id, question.size(), model, answer.size()),
          "Let the model answer every turn, or leave the question out.");
    }
    if (answer.contains(FAILED)) {
      throw new UserError(
          "The answer of %s to question %s is %s: it was never written."
              .formatted(model, id, FAILED),
          "Let the model answer this question again.");
    }
  }

  /** Whether there is a second turn to judge. */
  public boolean twoTurns() {
    return question.size() == 2;
  }

  /**
   * Length of an answer in characters (Unicode code points).
   *
   * @param turn 1 or 2
   */
  public int length(int turn) {
    String text = answer.get(turn - 1);
    return text.codePointCount(0, text.length());
  }
}
