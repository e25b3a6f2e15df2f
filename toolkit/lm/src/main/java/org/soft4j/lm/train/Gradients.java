package org.soft4j.lm.train;

/** What an optimizer step needs: gradients that add up, and an update that uses them up. */
interface Gradients {
  /**
   * Adds the gradient of a micro-batch. One that fails may have added a part of it.
   *
   * @param batchLearned learned tokens of the whole batch, by which the loss is divided
   * @param seed of what is dropped
   * @return cross-entropy in nats, summed over the micro-batch's learned tokens
   */
  double accumulate(MicroBatch micro, long batchLearned, long seed);

  /**
   * Adds gradients that were computed elsewhere, as {@link MicroBatchResult} has them.
   *
   * @throws IllegalArgumentException if they are of other parameters
   */
  void add(byte[] gradients);

  /** The parameters as they stand, in the same layout. */
  byte[] parameterBytes();

  /** Takes back all that was added since the last update, and gives idle memory back. */
  void forget();

  /**
   * Clips the gradients, takes an AdamW step and zeroes the gradients.
   *
   * @return global norm of the gradients before clipping
   */
  double update(TrainingRecipe.AdamW adam, double rate);
}
