package org.soft4j.eval;

import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ScoreRequest;

/** What a task asks of a model: how likely a continuation or a text is, or a text. */
public sealed interface TaskRequest {
  /** The text that stands before. */
  String context();

  /**
   * Everything the answer depends on, besides the model; equal for equal requests only. What
   * becomes of a context that is too long is no part of it, so that samples of earlier versions are
   * known.
   */
  String identity();

  /** How likely a continuation is. */
  record Likelihood(String context, String continuation) implements TaskRequest {
    /** The same for the model. */
    public ScoreRequest request() {
      return new ScoreRequest(context, continuation);
    }

    @Override
    public String identity() {
      return "likelihood " + context.length() + "\n" + context + continuation;
    }
  }

  /**
   * How likely a whole text is, however long: where it does not fit the model's window it is read
   * window by window, each with one token of the last before it.
   */
  record Rolling(String text) implements TaskRequest {
    @Override
    public String context() {
      return "";
    }

    @Override
    public String identity() {
      return "rolling " + text;
    }
  }

  /** A text to be written. */
  record Writing(GenerationRequest request) implements TaskRequest {
    @Override
    public String context() {
      return request.context();
    }

    @Override
    public String identity() {
      return "writing "
          + request.context().length()
          + "\n"
          + request.context()
          + "\n"
          + request.sampling()
          + request.maxNewTokens()
          + request.stopStrings()
          + request.seed();
    }
  }
}
