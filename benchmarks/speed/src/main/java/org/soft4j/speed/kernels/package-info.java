/**
 * JMH benchmarks of the runtime's kernels, through its public methods, on generated weights of
 * SmolLM2-135M's shape: {@code benchmarks/speed/kernels}.
 */
package org.soft4j.speed.kernels;
