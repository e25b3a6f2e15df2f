package org.soft4j.eval.judge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a judge replied.
 *
 * @param text its words
 * @param logProbabilities natural logarithms of first tokens' probabilities, where one of several
 *     tokens was asked for
 * @param promptTokens as the judge counts them; 0 where it does not say
 * @param newTokens likewise
 */
public record JudgeReply(
    String text, Map<String, Double> logProbabilities, int promptTokens, int newTokens) {
  /** Copies the map, in a fixed order. */
  public JudgeReply {
    logProbabilities = Collections.unmodifiableMap(new TreeMap<>(logProbabilities));
  }
}
