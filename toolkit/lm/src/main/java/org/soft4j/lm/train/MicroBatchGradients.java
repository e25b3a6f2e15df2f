package org.soft4j.lm.train;

import java.util.List;
import org.soft4j.core.Cancellation;

/**
 * Sees to the gradients of a step's micro-batches: here, or in other processes that hold the same
 * model ({@link MicroBatchWorker}). Whoever does it, they are added up in the order of the
 * micro-batches, since another order rounds to other bytes.
 */
@FunctionalInterface
public interface MicroBatchGradients {
  /** One micro-batch after the other, in this process. */
  MicroBatchGradients HERE =
      (step, cancel) -> {
        for (int i = 0; i < step.works().size(); i++) {
          cancel.check();
          step.computeHere();
        }
      };

  /**
   * Computes a step's micro-batches and adds each to it, in their order.
   *
   * <p>A fault that says that memory ran out ({@link org.soft4j.lm.torch.OutOfMemory#is}) begins
   * the step again in smaller micro-batches; every other one ends the training.
   *
   * @param cancel asked between micro-batches; a cancelled training goes on before this step
   */
  void compute(Step step, Cancellation cancel);

  /** A step under way. */
  interface Step {
    /** Its micro-batches, whose {@link MicroBatchWork#index} is their place in the list. */
    List<MicroBatchWork> works();

    /** The parameters it begins with, as {@link MicroBatchResult#gradients} has gradients. */
    byte[] parameters();

    /** Computes the next micro-batch in this process and adds it. */
    void computeHere();

    /**
     * Adds the gradients of the next micro-batch.
     *
     * @throws IllegalArgumentException if they are another one's, or of other parameters
     */
    void add(MicroBatchResult next);
  }
}
