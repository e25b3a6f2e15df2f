package org.soft4j.soft;

import java.util.List;

/**
 * Decides from the validation scores of the rounds so far which round is kept, and whether to go
 * on.
 *
 * @param patience rounds without a rise before the stop
 * @param minDelta a smaller rise counts as none
 */
public record EarlyStop(int patience, double minDelta) {
  /**
   * What the scores say.
   *
   * @param best index of the best score; among equals the first
   * @param stop whether {@code patience} scores have passed since the last rise
   */
  public record Decision(int best, boolean stop) {}

  /**
   * Looks at the scores.
   *
   * @param scores one per round, the base model first; higher is better, NaN counts as no rise
   */
  public Decision decide(List<Double> scores) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      double rise = scores.get(i) - scores.get(best);
      if (rise > minDelta || Double.isNaN(scores.get(best))) {
        best = i;
      }
    }
    return new Decision(best, scores.size() - 1 - best >= patience);
  }
}
