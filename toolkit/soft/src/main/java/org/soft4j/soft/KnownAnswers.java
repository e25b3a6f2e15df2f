package org.soft4j.soft;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What is known of the answers to prompts beside what a model writes. A run learns nothing from it:
 * it only counts errors of labels ({@link LabelErrors}).
 *
 * @param right takes prompt and response: whether the response tells the truth; empty where the
 *     truth is not known
 * @param inForm takes prompt and response: whether the response has the form that was asked for;
 *     empty where no form is known
 */
public record KnownAnswers(
    BiFunction<String, String, Optional<Boolean>> right,
    BiFunction<String, String, Optional<Boolean>> inForm) {
  /** Nothing is known of any prompt. */
  public static final KnownAnswers NONE =
      new KnownAnswers((prompt, response) -> Optional.empty(), (p, r) -> Optional.empty());
}
