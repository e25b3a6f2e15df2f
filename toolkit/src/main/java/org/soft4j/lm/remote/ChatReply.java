package org.soft4j.lm.remote;

import java.util.Map;

/**
 * An endpoint's answer.
 *
 * @param text what the model says
 * @param complete whether it came to its own end rather than to the bound on tokens
 * @param promptTokens as the server counts them; 0 where it does not say
 * @param newTokens likewise
 * @param firstToken natural logarithms of the probabilities of the most likely first tokens; empty
 *     where they were not asked for or the server does not tell
 */
public record ChatReply(
    String text,
    boolean complete,
    int promptTokens,
    int newTokens,
    Map<String, Double> firstToken) {
  /** Copies the map. */
  public ChatReply {
    firstToken = Map.copyOf(firstToken);
  }
}
