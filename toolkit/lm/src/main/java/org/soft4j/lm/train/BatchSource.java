package org.soft4j.lm.train;

import java.util.List;

/** Batches of a pre-training, made on demand; equal steps must give equal batches. */
@FunctionalInterface
public interface BatchSource {
  /**
   * The sequences of a step.
   *
   * @param step counted from 0
   */
  List<TokenSequence> batch(int step);
}
