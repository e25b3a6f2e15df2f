package org.soft4j.lm;

import java.util.List;

/**
 * Settings of a training.
 *
 * @param method what is trained
 * @param learningRate at its peak
 * @param warmupSteps linear rise from 0 to the peak
 * @param finalLearningRateShare the cosine ends at this share of the peak
 * @param epochs passes over the examples
 * @param batchSize examples per optimizer step
 * @param tokensPerMicroBatch bound on the tokens packed into one forward pass; a batch above it is
 *     accumulated
 * @param clipNorm bound on the global gradient norm
 * @param weightDecay decoupled (Loshchilov and Hutter 2019)
 * @param maxLength tokens of one example; a longer one is cut at its end
 * @param appendStopToken whether the stop token is appended to completions
 * @param checkpointEvery optimizer steps between checkpoints
 * @param seed of the adapter's first values, of what is dropped and of the order of examples
 * @param shuffle whether every epoch has its own order, drawn from the seed; otherwise each has the
 *     order given
 */
public record TrainingSettings(
    TrainingMethod method,
    double learningRate,
    int warmupSteps,
    double finalLearningRateShare,
    int epochs,
    int batchSize,
    int tokensPerMicroBatch,
    double clipNorm,
    double weightDecay,
    int maxLength,
    boolean appendStopToken,
    int checkpointEvery,
    long seed,
    boolean shuffle) {
  /** All seven projections of a Llama layer. */
  public static final List<String> ALL_PROJECTIONS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** The same settings, with every epoch in its own order or not. */
  public TrainingSettings withShuffle(boolean wanted) {
    return new TrainingSettings(
        method,
        learningRate,
        warmupSteps,
        finalLearningRateShare,
        epochs,
        batchSize,
        tokensPerMicroBatch,
        clipNorm,
        weightDecay,
        maxLength,
        appendStopToken,
        checkpointEvery,
        seed,
        wanted);
  }
}
