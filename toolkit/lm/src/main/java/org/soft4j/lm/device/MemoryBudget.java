package org.soft4j.lm.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;

/**
 * How much is computed together within the memory that is free.
 *
 * <p>Matrix kernels round differently for different batch sizes, so a bound must not follow every
 * megabyte: each stands at its useful maximum wherever there is room, and steps down by halves
 * where there is not.
 *
 * @param tokens prefix-tree nodes computed together
 * @param sequences continued together, at most
 * @param cacheBytes bound on keys and values of sequences continued together
 * @param logitBytes bound on the logits held at a time
 * @param activationBytes bound on the activations that training keeps
 */
public record MemoryBudget(
    int tokens, int sequences, long cacheBytes, long logitBytes, long activationBytes) {
  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  /**
   * Bytes of a block that the C library keeps for the next use: those of 32 MiB and more come from
   * the system anew each time, page by page.
   */
  public static final long REUSED_BLOCK = 24 * MEBIBYTE;

  private static final int FEWEST_TOKENS = 16;

  /**
   * Divides the free memory.
   *
   * @param free bytes, with the weights already loaded
   * @param gpu whether on a GPU, where much more at a time is useful
   */
  public static MemoryBudget of(long free, boolean gpu, Architecture shape) {
    return new MemoryBudget(
        tokens(free / 8, gpu ? 4096 : 512, shape),
        sequences(free / 8, gpu ? 256 : 32, shape),
        bytes(free / (gpu ? 2 : 4), 16 * MEBIBYTE, gpu ? Long.MAX_VALUE : 2 * GIBIBYTE),
        Math.max(
            4L * shape.vocabularySize(),
            bytes(free / 32, MEBIBYTE, gpu ? 512 * MEBIBYTE : REUSED_BLOCK)),
        bytes(free / (gpu ? 2 : 4), 64 * MEBIBYTE, gpu ? Long.MAX_VALUE : 4 * GIBIBYTE));
  }

  /** Rows of a layer and of the mask against the longest path, in fp32. */
  private static int tokens(long share, int most, Architecture shape) {
    long row =
        10L * shape.hiddenSize()
            + 6L * shape.heads() * shape.headDimension()
            + 4L * shape.intermediateSize();
    int tokens = most;
    while (tokens > FEWEST_TOKENS
        && 4L * tokens * (row + 2L * (tokens + shape.maxPositions())) > share) {
      tokens /= 2;
    }
    return tokens;
  }

  /** Logits of one step, their softmax, and both in double precision where tokens are drawn. */
  private static int sequences(long share, int most, Architecture shape) {
    int sequences = most;
    while (sequences > 1 && 32L * sequences * shape.vocabularySize() > share) {
      sequences /= 2;
    }
    return sequences;
  }

  private static long bytes(long share, long least, long most) {
    return Math.max(least, Math.min(most, Long.highestOneBit(Math.max(1, share))));
  }

  /**
   * Refuses weights that do not fit.
   *
   * @param model name for people
   * @param numbers how many weights there are
   * @param bytesPerNumber in the dtype chosen
   * @param device such as {@code gpu:0}
   * @param free bytes there
   */
  public static void requireRoom(
      String model, long numbers, int bytesPerNumber, String device, long free) {
    long needed = numbers * bytesPerNumber;
    if (needed <= free) {
      return;
    }
    List<String> ways = new ArrayList<>();
    if (bytesPerNumber > 2) {
      ways.add("--dtype bfloat16, which needs " + gibibytes(2 * numbers));
    }
    if (!device.equals("cpu")) {
      ways.add("--device cpu");
    }
    ways.add("a smaller model");
    throw new UserError(
        "The weights of %s need %s in memory, and %s has %s free."
            .formatted(model, gibibytes(needed), device, gibibytes(free)),
        "Use %s, or end other programs there.".formatted(String.join(", or ", ways)));
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB (%,d bytes)", (double) bytes / GIBIBYTE, bytes);
  }
}
