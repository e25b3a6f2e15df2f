/**
 * Benchmarks on the held-out topics of a micro world: {@code micro_truth} (multiple choice), {@code
 * micro_hhh} (pairwise preference), {@code micro_answers} (generation judged by rule).
 *
 * <p>Options: {@code micro.world} names the world ({@code 1}, or {@code small-1}), {@code
 * micro.part} is {@code test} or {@code validation}.
 */
package org.soft4j.benchmarks.micro;
