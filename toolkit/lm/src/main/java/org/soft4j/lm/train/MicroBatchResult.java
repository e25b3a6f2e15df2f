package org.soft4j.lm.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a micro-batch gave.
 *
 * @param step of the optimizer
 * @param index of the micro-batch in its step
 * @param loss cross-entropy in nats, summed over the micro-batch's learned tokens
 * @param gradients float32, little-endian, one block per parameter in the trainer's order: A and B
 *     of each adapted layer by turns, row by row
 */
public record MicroBatchResult(int step, int index, double loss, byte[] gradients) {
  private static final int HEAD = 4 + 4 + 8;

  /** The same as bytes, for another process. */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + gradients.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putInt(step).putInt(index).putDouble(loss).put(gradients).array();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static MicroBatchResult of(byte[] written) {
    if (written.length < HEAD) {
      throw new IllegalArgumentException("a micro-batch's gradients were cut off");
    }
    ByteBuffer bytes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    int step = bytes.getInt();
    int index = bytes.getInt();
    double loss = bytes.getDouble();
    byte[] gradients = new byte[bytes.remaining()];
    bytes.get(gradients);
    return new MicroBatchResult(step, index, loss, gradients);
  }
}
