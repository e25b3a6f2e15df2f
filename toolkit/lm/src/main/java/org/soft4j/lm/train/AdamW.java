package org.soft4j.lm.train;

/**
 * Constants of AdamW (Loshchilov and Hutter 2019) and of the clipping before it.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the corrected second moment
 * @param weightDecay decoupled: a parameter shrinks by learning rate times this
 * @param clipNorm bound on the global gradient norm
 */
record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {}
