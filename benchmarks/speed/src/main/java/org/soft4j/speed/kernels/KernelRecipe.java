package org.soft4j.speed.kernels;

import org.soft4j.lm.TrainingSettings;

/** Rank 16 on all seven projections, one example, one step. */
final class KernelRecipe {
  private KernelRecipe() {}

  static TrainingSettings settings() {
    return new TrainingSettings(
        16,
        32,
        TrainingSettings.ALL_PROJECTIONS,
        1e-4,
        0,
        0,
        1,
        1,
        2048,
        1,
        0,
        1024,
        true,
        0,
        1,
        false);
  }
}
