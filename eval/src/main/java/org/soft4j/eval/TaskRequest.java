package org.soft4j.eval;

import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ScoreRequest;

/** What a task asks of a model: how likely a text is, or a text. */
public sealed interface TaskRequest {
  /** How likely a continuation is. */
  record Likelihood(String context, String continuation) implements TaskRequest {
    /** The same for the model. */
    public ScoreRequest request() {
      return new ScoreRequest(context, continuation);
    }
  }

  /** A text to be written. */
  record Writing(GenerationRequest request) implements TaskRequest {}
}
