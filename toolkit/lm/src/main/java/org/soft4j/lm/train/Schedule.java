package org.soft4j.lm.train;

/**
 * Learning rate over the steps: a linear warm-up, then a cosine to a share of the peak.
 *
 * @param peak highest learning rate
 * @param warmupSteps steps of the rise; the first step has peak / warmupSteps
 * @param finalShare the cosine would reach this share of the peak one step after the last
 * @param steps of the whole training
 */
record Schedule(double peak, int warmupSteps, double finalShare, int steps) {
  double rate(int step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
    return peak * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}
