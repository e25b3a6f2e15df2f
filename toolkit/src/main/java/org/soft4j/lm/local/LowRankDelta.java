package org.soft4j.lm.local;

/**
 * What an adapter adds to one linear layer: W' = W + scale * B A (Hu et al. 2021, section 4.1).
 *
 * @param rank r
 * @param scale alpha / r, or what the adapter's own rule makes of them
 * @param a A, row-major, [rank, inputs]
 * @param b B, row-major, [outputs, rank]
 */
public record LowRankDelta(int rank, double scale, float[] a, float[] b) {}
