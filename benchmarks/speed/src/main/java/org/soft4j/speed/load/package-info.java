/**
 * Loads the program far beyond a daily run, and says whether time grows with the work and memory
 * stays: 20,000 labels and a run on as many prompts, a study of 500 cells, 500 labs in one process,
 * an endpoint with 64 calls under way. {@code benchmarks/load/run} runs all of them. Nothing here
 * is compared with a peer.
 */
package org.soft4j.speed.load;
