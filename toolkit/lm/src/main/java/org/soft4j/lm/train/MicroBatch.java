package org.soft4j.lm.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Sequences packed in one row, with the indices that the trainer's script needs.
 *
 * @param ids of all sequences, one after another
 * @param positions position of each token in its own sequence
 * @param pad for each cell of the grid of sequences x longest the token in it, padded with the
 *     sequence's last token; empty where all sequences are equally long
 * @param unpad for each token its cell in that grid; empty as {@code pad} is
 * @param targets positions whose next token is learned
 * @param labels the learned tokens
 * @param lengths of the sequences
 */
record MicroBatch(
    long[] ids,
    long[] positions,
    long[] pad,
    long[] unpad,
    long[] targets,
    long[] labels,
    long[] lengths) {
  /**
   * Splits a batch into micro-batches of at most {@code tokens} tokens, and at most twice as many
   * cells of the attention grid; a longer sequence stands alone. Sequences are sorted by falling
   * length, so that the grid has little padding; the sum of their gradients does not depend on it.
   */
  static List<MicroBatch> split(List<TokenSequence> batch, int tokens) {
    return parts(batch, tokens).stream().map(MicroBatch::pack).toList();
  }

  /** The sequences of each micro-batch. */
  static List<List<TokenSequence>> parts(List<TokenSequence> batch, int tokens) {
    List<TokenSequence> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(TokenSequence::length).reversed());
    List<List<TokenSequence>> parts = new ArrayList<>();
    List<TokenSequence> part = new ArrayList<>();
    long used = 0;
    for (TokenSequence sequence : sorted) {
      if (!part.isEmpty()
          && (used + sequence.length() > tokens
              || (long) part.get(0).length() * (part.size() + 1) > 2L * tokens)) {
        parts.add(List.copyOf(part));
        part.clear();
        used = 0;
      }
      part.add(sequence);
      used += sequence.length();
    }
    if (!part.isEmpty()) {
      parts.add(List.copyOf(part));
    }
    return parts.stream()
        .filter(p -> p.stream().anyMatch(sequence -> sequence.learnedTokens() > 0))
        .toList();
  }

  static MicroBatch pack(List<TokenSequence> sequences) {
    int total = sequences.stream().mapToInt(TokenSequence::length).sum();
    int longest = sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
    int learned = sequences.stream().mapToInt(TokenSequence::learnedTokens).sum();
    boolean even = (long) longest * sequences.size() == total;
    long[] lengths = sequences.stream().mapToLong(TokenSequence::length).toArray();
    long[] ids = new long[total];
    long[] positions = new long[total];
    long[] pad = new long[even ? 0 : longest * sequences.size()];
    long[] unpad = new long[even ? 0 : total];
    LongStream.Builder targets = LongStream.builder();
    long[] labels = new long[learned];
    int at = 0;
    int label = 0;
    for (int s = 0; s < sequences.size(); s++) {
      TokenSequence sequence = sequences.get(s);
      for (int i = 0; i < sequence.length(); i++) {
        ids[at + i] = sequence.ids()[i];
        positions[at + i] = i;
        if (i > 0 && sequence.learned()[i]) {
          targets.add(at + i - 1);
          labels[label++] = sequence.ids()[i];
        }
      }
      if (!even) {
        fillGrid(pad, unpad, s * longest, longest, at, sequence.length());
      }
      at += sequence.length();
    }
    return new MicroBatch(ids, positions, pad, unpad, targets.build().toArray(), labels, lengths);
  }

  private static void fillGrid(
      long[] pad, long[] unpad, int cell, int longest, int at, int length) {
    Arrays.fill(pad, cell + length, cell + longest, at + length - 1);
    for (int i = 0; i < length; i++) {
      pad[cell + i] = at + i;
      unpad[at + i] = cell + i;
    }
  }

  /** Length of the longest sequence. */
  long longest() {
    return Arrays.stream(lengths).max().orElse(0);
  }

  /** Cells of the attention grid. */
  long cells() {
    return pad.length == 0 ? ids.length : pad.length;
  }
}
