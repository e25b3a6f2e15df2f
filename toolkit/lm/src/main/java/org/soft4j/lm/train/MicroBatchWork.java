package org.soft4j.lm.train;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A micro-batch of a step, with all that its gradients depend on besides the weights and the
 * parameters.
 *
 * @param step of the optimizer, counted from 0
 * @param index of the micro-batch in its step, counted from 0
 * @param sequences computed together, sorted by falling length
 * @param batchLearned learned tokens of the whole batch, by which the loss is divided
 * @param seed of what is dropped
 */
public record MicroBatchWork(
    int step, int index, List<TokenSequence> sequences, long batchLearned, long seed) {
  private static final int HEAD = 4 + 4 + 8 + 8 + 4;

  public MicroBatchWork {
    sequences = List.copyOf(sequences);
  }

  /** Number of tokens. */
  public int tokens() {
    return sequences.stream().mapToInt(TokenSequence::length).sum();
  }

  /** The same as bytes, for another process. */
  public byte[] bytes() {
    int size = HEAD + sequences.stream().mapToInt(s -> 4 + 5 * s.length()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(step).putInt(index).putLong(batchLearned).putLong(seed).putInt(sequences.size());
    for (TokenSequence sequence : sequences) {
      bytes.putInt(sequence.length());
      for (int i = 0; i < sequence.length(); i++) {
        bytes.putInt(sequence.ids()[i]).put((byte) (sequence.learned()[i] ? 1 : 0));
      }
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static MicroBatchWork of(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int step = bytes.getInt();
      int index = bytes.getInt();
      long learned = bytes.getLong();
      long seed = bytes.getLong();
      int count = bytes.getInt();
      List<TokenSequence> sequences = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sequences.add(sequence(bytes));
      }
      return new MicroBatchWork(step, index, sequences, learned, seed);
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a micro-batch was cut off", cut);
    }
  }

  private static TokenSequence sequence(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0 || bytes.remaining() < 5L * length) {
      throw new IllegalArgumentException("a sequence of %s tokens was cut off".formatted(length));
    }
    int[] ids = new int[length];
    boolean[] learned = new boolean[length];
    for (int i = 0; i < length; i++) {
      ids[i] = bytes.getInt();
      learned[i] = bytes.get() != 0;
    }
    return new TokenSequence(ids, learned);
  }
}
