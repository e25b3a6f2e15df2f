package org.soft4j.eval;

import java.util.List;
import java.util.Map;

/**
 * How a model is measured after every round.
 *
 * @param shots numbers of demonstrations, such as 0, 1, 3
 * @param shotsOf other numbers for single tasks, by name
 * @param perItem whether every item has demonstrations of its own (less noise from the draw, no
 *     shared prefix), or all items share one draw (a long prefix is computed once)
 * @param scoresPerChunk continuations that go to the model together: the unit of resumption
 * @param textsPerChunk texts that are written together, likewise
 * @param seed of the draws of demonstrations; the same every round
 * @param answers what becomes of texts and answers before they are scored
 */
public record EvaluationSettings(
    List<Integer> shots,
    Map<String, List<Integer>> shotsOf,
    boolean perItem,
    int scoresPerChunk,
    int textsPerChunk,
    long seed,
    AnswerRules answers) {
  /**
   * What becomes of texts and answers before they are scored, whatever the benchmark: the choices
   * of whoever measures, kept together so that none is lost on its way to the model.
   *
   * @param overlong what is done with texts beyond the model's window
   * @param dropReasoning whether marked reasoning is taken out of written answers before they are
   *     scored or judged; stop strings then end the answer, not the reasoning
   */
  public record AnswerRules(OverlongPolicy overlong, boolean dropReasoning) {
    /**
     * Texts beyond the window are treated as each task has it, answers are as they were written.
     */
    public static final AnswerRules AS_WRITTEN = new AnswerRules(OverlongPolicy.AUTO, false);
  }

  /** Copies the list and checks the ranges. */
  public EvaluationSettings {
    shots = List.copyOf(shots);
    shotsOf = Map.copyOf(shotsOf);
    refuseEmpty(shots);
    shotsOf.values().forEach(EvaluationSettings::refuseEmpty);
    if (scoresPerChunk < 1 || textsPerChunk < 1) {
      throw new IllegalArgumentException(
          "a chunk must be 1 or more, not " + scoresPerChunk + " and " + textsPerChunk);
    }
  }

  /** Numbers of demonstrations at which a task is run. */
  public List<Integer> shots(String task) {
    return shotsOf.getOrDefault(task, shots);
  }

  /** What is done with texts beyond the model's window. */
  public OverlongPolicy overlong() {
    return answers.overlong();
  }

  /** Whether marked reasoning is taken out of written answers. */
  public boolean dropReasoning() {
    return answers.dropReasoning();
  }

  private static void refuseEmpty(List<Integer> shots) {
    if (shots.isEmpty() || shots.stream().anyMatch(k -> k < 0)) {
      throw new IllegalArgumentException("shots must be numbers of 0 or more, not " + shots);
    }
  }
}
