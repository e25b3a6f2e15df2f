package org.soft4j.speed;

import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;

/**
 * The LoRA training that both sides do; peers/training.py says the same in peft's and TRL's words.
 */
public final class Recipe {
  static final int RANK = 16;
  static final double ALPHA = 32;
  static final double RATE = 2e-4;
  static final int BATCH = 8;
  static final long SEED = 1;

  private Recipe() {}

  /**
   * Rank 16 on all seven projections, batches of 8, a cosine without warm-up, clipping at 1.
   *
   * @param rate highest learning rate; 0 leaves the adapter as it begins
   */
  public static TrainingSettings settings(double rate, int tokensPerMicroBatch) {
    return new TrainingSettings(
        new TrainingMethod.Lora(RANK, ALPHA, 0, TrainingSettings.ALL_PROJECTIONS),
        rate,
        0,
        0,
        1,
        BATCH,
        tokensPerMicroBatch,
        1,
        0,
        1024,
        true,
        0,
        SEED,
        false);
  }
}
