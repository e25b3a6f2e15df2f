package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.Sha256;

/**
 * One question to a judge.
 *
 * @param protocol name of the prompt
 * @param about what is judged, for people
 * @param system system message; may be empty
 * @param user user message
 * @param temperature 0 for the likeliest reply
 * @param maxTokens bound on the reply
 * @param choices where not empty, one of these tokens is asked for, and its log-probability is what
 *     counts
 * @param repeat counted from 0; the same question asked again
 */
public record Call(
    String protocol,
    String about,
    String system,
    String user,
    double temperature,
    int maxTokens,
    List<String> choices,
    int repeat) {
  public Call {
    choices = List.copyOf(choices);
  }

  /** The same call, asked once more. */
  Call again(int time) {
    return new Call(protocol, about, system, user, temperature, maxTokens, choices, time);
  }

  /**
   * Names the reply in a cache: sha256 over the judge, the protocol, the whole request and the
   * repeat. What the call is about does not count.
   */
  public String key(String judge) {
    List<String> parts = new ArrayList<>(List.of(judge, protocol, system, user));
    parts.addAll(List.of("" + temperature, "" + maxTokens, "" + repeat));
    parts.addAll(choices);
    return Sha256.of(parts);
  }
}
