package org.soft4j.eval;

import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;

/** A model's answer to a {@link TaskRequest}, of the same kind. */
public sealed interface TaskAnswer {
  /** How likely the continuation was. */
  record Likelihood(Score score) implements TaskAnswer {}

  /** The text that was written. */
  record Writing(Generation generation) implements TaskAnswer {}
}
