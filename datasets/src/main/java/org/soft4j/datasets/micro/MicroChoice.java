package org.soft4j.datasets.micro;

import java.util.List;

/**
 * A multiple-choice item about a fact.
 *
 * @param id of the fact
 * @param hard whether the fact is a hard one
 * @param question what is asked
 * @param choices whole answers in one form: the truth first, the misconception second, then two
 *     other values that could be true
 */
public record MicroChoice(String id, boolean hard, String question, List<String> choices) {
  /** Copies the list. */
  public MicroChoice {
    choices = List.copyOf(choices);
  }
}
