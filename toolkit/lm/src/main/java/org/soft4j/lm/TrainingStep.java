package org.soft4j.lm;

/**
 * What one optimizer step did.
 *
 * @param step counted from 0
 * @param steps of the whole training
 * @param epoch counted from 0
 * @param loss mean cross-entropy in nats per learned token
 * @param learnedTokens tokens the loss was taken over
 * @param tokens tokens computed, prompts included
 * @param learningRate used in this step
 * @param gradientNorm before clipping
 */
public record TrainingStep(
    int step,
    int steps,
    int epoch,
    double loss,
    long learnedTokens,
    long tokens,
    double learningRate,
    double gradientNorm) {}
