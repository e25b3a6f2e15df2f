package org.soft4j.lm;

import org.soft4j.core.UserError;

/**
 * A continuation to be scored under its context.
 *
 * @param context may be empty; then the model's beginning-of-text (or end-of-text) token stands for
 *     it
 * @param continuation what is scored; never empty
 */
public record ScoreRequest(String context, String continuation) {
  /** Refuses an empty continuation. */
  public ScoreRequest {
    if (continuation.isEmpty()) {
      throw new UserError(
          "The continuation to be scored is empty.",
          "Give each line a continuation of at least one character.");
    }
  }
}
