package org.soft4j.eval.judge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a judging brought.
 *
 * @param judgements in the plan's order
 * @param calls made now
 * @param known replies that were there already
 * @param promptTokens as the judge counted them, over all calls, also earlier ones
 * @param newTokens likewise
 * @param unmetered replies whose tokens the judge did not count
 * @param verdicts counts of odd replies and verdicts, by what was odd
 */
public record Judged<J>(
    List<J> judgements,
    int calls,
    int known,
    long promptTokens,
    long newTokens,
    int unmetered,
    Map<String, Integer> verdicts) {
  /** Copies the collections. */
  public Judged {
    judgements = List.copyOf(judgements);
    verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts));
  }

  /** What was odd about replies and verdicts, a line each. */
  public List<String> lines() {
    return Verdicts.words(verdicts).entrySet().stream()
        .map(e -> "%s: %d of %d replies".formatted(e.getKey(), e.getValue(), calls + known))
        .toList();
  }
}
