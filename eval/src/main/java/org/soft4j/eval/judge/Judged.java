package org.soft4j.eval.judge;

import java.util.List;

/**
 * What a judging brought.
 *
 * @param judgements in the plan's order
 * @param calls made now
 * @param known replies that were there already
 * @param promptTokens as the judge counted them, over all calls, also earlier ones
 * @param newTokens likewise
 */
public record Judged<J>(
    List<J> judgements, int calls, int known, long promptTokens, long newTokens) {
  /** Copies the list. */
  public Judged {
    judgements = List.copyOf(judgements);
  }
}
