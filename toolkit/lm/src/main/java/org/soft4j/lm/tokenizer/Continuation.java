package org.soft4j.lm.tokenizer;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How much of a context has to be decoded with what follows it. */
final class Continuation {
  /** A letter has at most four bytes; the rest is for letters that no byte precedes. */
  private static final int TOKENS = 8;

  private Continuation() {}

  /** Where the last tokens without a special one begin: a text begins anew after a special one. */
  static int from(Tokenizer tokenizer, int[] context) {
    int from = context.length;
    while (from > 0 && context.length - from < TOKENS && !tokenizer.special(context[from - 1])) {
      from--;
    }
    return from;
  }

  /** What stands in the second text after the beginning that it shares with the first. */
  static String added(String before, String both) {
    int same = Arrays.mismatch(before.toCharArray(), both.toCharArray());
    return same < 0 ? "" : both.substring(same);
  }

  static int[] join(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }
}
