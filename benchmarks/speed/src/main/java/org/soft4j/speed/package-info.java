/**
 * Measures the runtime: one program per figure, each in a process of its own, each figure beside
 * the limit of the machine and, through the scripts in peers, beside the Python stack. {@code
 * benchmarks/speed/run} runs all of them.
 */
package org.soft4j.speed;
