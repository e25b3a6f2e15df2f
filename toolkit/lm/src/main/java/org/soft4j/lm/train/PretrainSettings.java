package org.soft4j.lm.train;

import org.soft4j.lm.files.StoredTensor;

/**
 * Settings of a pre-training from random weights.
 *
 * @param steps optimizer steps
 * @param learningRate at its peak
 * @param warmupSteps linear rise from 0 to the peak
 * @param finalLearningRateShare the cosine ends at this share of the peak
 * @param beta1 of AdamW
 * @param beta2 of AdamW
 * @param weightDecay decoupled, on every weight
 * @param clipNorm bound on the global gradient norm
 * @param initialDeviation standard deviation of the first weights; those of o_proj and down_proj
 *     are smaller by the root of twice the number of layers
 * @param tokensPerMicroBatch bound on the tokens of one forward pass
 * @param type of the written weights, F32 or BF16
 * @param seed of the first weights
 */
public record PretrainSettings(
    int steps,
    double learningRate,
    int warmupSteps,
    double finalLearningRateShare,
    double beta1,
    double beta2,
    double weightDecay,
    double clipNorm,
    double initialDeviation,
    int tokensPerMicroBatch,
    StoredTensor.Type type,
    long seed) {
  /** The recipe of the embedded micro models: batches of 32 documents of 128 tokens. */
  public static PretrainSettings micro(long seed) {
    return new PretrainSettings(
        1600, 3e-3, 60, 0.05, 0.9, 0.98, 0.01, 1, 0.03, 4096, StoredTensor.Type.BF16, seed);
  }

  /** The recipe of the small model: batches of 16 documents of 128 tokens. */
  public static PretrainSettings small(long seed) {
    return new PretrainSettings(
        2200, 2e-3, 60, 0.05, 0.9, 0.98, 0.01, 1, 0.03, 2048, StoredTensor.Type.BF16, seed);
  }

  /** The same settings with another number of steps. */
  public PretrainSettings withSteps(int count) {
    return new PretrainSettings(
        count,
        learningRate,
        warmupSteps,
        finalLearningRateShare,
        beta1,
        beta2,
        weightDecay,
        clipNorm,
        initialDeviation,
        tokensPerMicroBatch,
        type,
        seed);
  }

  TrainingRecipe.AdamW adam() {
    return new TrainingRecipe.AdamW(beta1, beta2, 1e-8, weightDecay, clipNorm);
  }

  TrainingRecipe.Schedule schedule() {
    return new TrainingRecipe.Schedule(learningRate, warmupSteps, finalLearningRateShare, steps);
  }
}
