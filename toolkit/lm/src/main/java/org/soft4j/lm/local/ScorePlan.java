package org.soft4j.lm.local;

import java.util.Set;
import org.soft4j.lm.Caveat;

/**
 * A scoring request as tokens.
 *
 * @param index of the request
 * @param inputs what the model reads: all tokens but the last; empty where nothing can be scored
 * @param targets the continuation's tokens; the first stands after input {@code start}
 * @param caveats what the score will have
 */
record ScorePlan(int index, int[] inputs, int[] targets, Set<Caveat> caveats) {
  private static final int[] NONE = {};

  /** A request that cannot be scored. */
  static ScorePlan without(int index, Caveat reason) {
    return new ScorePlan(index, NONE, NONE, Set.of(reason));
  }

  boolean scored() {
    return targets.length > 0;
  }

  int start() {
    return inputs.length - targets.length;
  }
}
