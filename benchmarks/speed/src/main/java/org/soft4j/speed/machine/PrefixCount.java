package org.soft4j.speed.machine;

import java.util.Arrays;
import java.util.List;

/**
 * The size of a prefix tree of token sequences, counted without building it.
 *
 * @param nodes distinct prefixes
 * @param attended keys that the nodes see, each itself and its ancestors, summed
 * @param tokens of all sequences, repeated prefixes included
 * @param shared length of the prefix that all sequences share
 */
public record PrefixCount(long nodes, long attended, long tokens, int shared) {
  /** Counts: in sorted order, a sequence adds what goes beyond its common prefix with the last. */
  public static PrefixCount of(List<int[]> sequences) {
    List<int[]> sorted = sequences.stream().sorted(Arrays::compare).toList();
    long nodes = 0;
    long attended = 0;
    long tokens = 0;
    int[] before = {};
    for (int[] sequence : sorted) {
      int common = common(before, sequence);
      nodes += sequence.length - common;
      attended += Operations.attended(sequence.length) - Operations.attended(common);
      tokens += sequence.length;
      before = sequence;
    }
    int shared = sorted.isEmpty() ? 0 : common(sorted.get(0), before);
    return new PrefixCount(nodes, attended, tokens, shared);
  }

  private static int common(int[] a, int[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
