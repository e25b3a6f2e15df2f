package org.soft4j.eval.judge;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.lm.Caveat;

/**
 * What a judge replied.
 *
 * @param text its words
 * @param logProbabilities natural logarithms of first tokens' probabilities, where one of several
 *     tokens was asked for
 * @param promptTokens as the judge counts them; 0 where it does not say
 * @param newTokens likewise
 * @param caveats what keeps it from being a plain reply
 */
public record Reply(
    String text,
    Map<String, Double> logProbabilities,
    int promptTokens,
    int newTokens,
    Set<Caveat> caveats) {
  public Reply {
    logProbabilities = Collections.unmodifiableMap(new TreeMap<>(logProbabilities));
    caveats = Caveat.set(caveats, Set.of());
  }
}
