package org.soft4j.lm.train;

/**
 * The numbers of a micro-batch, by the names of {@code batch.py}; the linear layers' names are
 * those of {@link LinearSlot}.
 */
final class BatchLayout {
  /** Length of the longest sequence. */
  static final int SIZE_LONGEST = 0;

  /** Learned tokens of the whole batch. */
  static final int SIZE_LEARNED = 1;

  /** 1 where only the layers' inputs are kept, and the rest is computed again. */
  static final int SIZE_RECOMPUTE = 2;

  /** Seed of what is dropped. */
  static final int SIZE_SEED = 3;

  /** From here on the lengths of the sequences. */
  static final int SIZE_LENGTHS = 4;

  private BatchLayout() {}

  static long[] sizes(MicroBatch micro, long batchLearned, boolean recompute, long seed) {
    long[] sizes = new long[SIZE_LENGTHS + micro.lengths().length];
    sizes[SIZE_LONGEST] = micro.longest();
    sizes[SIZE_LEARNED] = batchLearned;
    sizes[SIZE_RECOMPUTE] = recompute ? 1 : 0;
    sizes[SIZE_SEED] = seed;
    System.arraycopy(micro.lengths(), 0, sizes, SIZE_LENGTHS, micro.lengths().length);
    return sizes;
  }
}
