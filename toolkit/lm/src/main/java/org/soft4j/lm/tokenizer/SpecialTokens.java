package org.soft4j.lm.tokenizer;

import java.util.OptionalInt;

/**
 * The tokens between which a tokenizer's model has seen its texts.
 *
 * @param begin id of the beginning-of-text token, where there is one
 * @param end id of the end-of-text token, where there is one
 */
public record SpecialTokens(OptionalInt begin, OptionalInt end) {
  /** The token that stands for an empty context, as in lm-evaluation-harness: begin, else end. */
  public OptionalInt prefix() {
    return begin.isPresent() ? begin : end;
  }
}
