package org.soft4j.lm.local;

import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.Beginning;

/**
 * How a local model is opened.
 *
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param dtype {@code auto}, {@code float32}, {@code bfloat16} or {@code int8}
 * @param threads processor threads for matrix kernels; 0 takes all processors
 * @param tokensPerBatch prefix-tree nodes computed together; 0 takes what memory allows, up to 512
 *     on a CPU and 4,096 on a GPU
 * @param sequencesPerBatch sequences continued together, at most; 0 takes what memory allows, up to
 *     32 on a CPU and 256 on a GPU
 * @param cacheBytes bound on keys and values of sequences continued together; 0 takes what memory
 *     allows, up to 1 GiB on a CPU and half of what is free on a GPU
 * @param beginning whether a beginning-of-text token stands before every text
 */
public record OpenSettings(
    String device,
    String dtype,
    int threads,
    int tokensPerBatch,
    int sequencesPerBatch,
    long cacheBytes,
    Beginning beginning) {
  private static final int THREADS_PER_PROCESSOR = 4;
  // A run begun on a larger machine may go on here with its own number of threads.
  private static final int MOST_THREADS = 64;

  /** Everything chosen by the machine. */
  public static final OpenSettings AUTO =
      new OpenSettings("auto", "auto", 0, 0, 0, 0, Beginning.AUTO);

  public OpenSettings {
    if (threads < 0) {
      throw new UserError(
          "The number of threads is " + threads + ".",
          "Use --threads 0, which takes all processors, or a larger number.");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    if (threads > Math.max(MOST_THREADS, THREADS_PER_PROCESSOR * processors)) {
      throw new UserError(
          "The number of threads is %s, and this machine has %s processors."
              .formatted(threads, processors),
          "Use --threads 0, which takes all processors, or a number up to %s."
              .formatted(Math.max(MOST_THREADS, THREADS_PER_PROCESSOR * processors)));
    }
    if (tokensPerBatch < 0 || sequencesPerBatch < 0 || cacheBytes < 0) {
      throw new IllegalArgumentException("bounds must not be negative");
    }
  }

  /** Another device and dtype. */
  public OpenSettings with(String device, String dtype) {
    return new OpenSettings(
        device, dtype, threads, tokensPerBatch, sequencesPerBatch, cacheBytes, beginning);
  }

  /** Another number of threads. */
  public OpenSettings withThreads(int threads) {
    return new OpenSettings(
        device, dtype, threads, tokensPerBatch, sequencesPerBatch, cacheBytes, beginning);
  }

  /** With or without a beginning-of-text token. */
  public OpenSettings with(Beginning other) {
    return new OpenSettings(
        device, dtype, threads, tokensPerBatch, sequencesPerBatch, cacheBytes, other);
  }

  /** Other bounds on what is computed together. */
  public OpenSettings withBatches(int tokens, int sequences) {
    return new OpenSettings(device, dtype, threads, tokens, sequences, cacheBytes, beginning);
  }
}
