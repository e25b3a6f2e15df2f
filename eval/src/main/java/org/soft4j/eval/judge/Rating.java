package org.soft4j.eval.judge;

import java.util.List;

/**
 * The judgment of one answer.
 *
 * @param id of the question
 * @param model that answered
 * @param turn 1 or 2
 * @param judge name of the judge
 * @param prompt name of the prompt
 * @param userPrompt what the judge saw
 * @param judgment what it wrote; with repeats, the one nearest to the median
 * @param score median of the repeats that could be read; -1 where none could
 * @param scores of all repeats in order, -1 where one could not be read
 */
public record Rating(
    String id,
    String model,
    int turn,
    String judge,
    String prompt,
    String userPrompt,
    String judgment,
    double score,
    List<Double> scores) {
  /** What stands for a verdict that cannot be read, in FastChat's files too. */
  public static final double UNREAD = -1;

  /** Whether the judge's verdict could be read. */
  public boolean read() {
    return score != UNREAD;
  }
}
