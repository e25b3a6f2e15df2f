package org.soft4j.lm.merge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;

/**
 * One tensor with its adapter added, row by row in fp32.
 *
 * @param stored the base's numbers
 * @param rows how many rows are written
 * @param width numbers of one row
 * @param turned whether a row is a column of what is stored
 * @param order which row of the model is written as the row of a number
 * @param delta what the adapter adds, in the order of the rows
 */
record MergedTensor(
    StoredTensor stored,
    int rows,
    int width,
    boolean turned,
    IntUnaryOperator order,
    Optional<LowRankDelta> delta) {

  /** A tensor written as it is stored; what has one dimension is one row. */
  static MergedTensor asStored(StoredTensor stored, Optional<LowRankDelta> delta) {
    int width = Math.toIntExact(stored.shape()[stored.shape().length - 1]);
    int rows = Math.toIntExact(stored.elements() / width);
    return new MergedTensor(stored, rows, width, false, row -> row, delta);
  }

  /** The same with rows for columns, where its delta already is that of the rows. */
  MergedTensor turnedRound() {
    return new MergedTensor(stored, width, rows, true, order, delta);
  }

  /** The same rows in another order; the numbers of a vector are rows of one number. */
  MergedTensor ordered(IntUnaryOperator newOrder) {
    return rows == 1
        ? new MergedTensor(stored, width, 1, turned, newOrder, delta)
        : new MergedTensor(stored, rows, width, turned, newOrder, delta);
  }

  /** Computes one row. */
  void row(int at, float[] into) {
    int row = order.applyAsInt(at);
    int start = turned ? row : row * width;
    int step = turned ? rows : 1;
    ByteBuffer bytes = stored.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    switch (stored.type()) {
      case F32 -> {
        for (int i = 0; i < width; i++) {
          into[i] = bytes.getFloat(4 * (start + i * step));
        }
      }
      case BF16 -> {
        for (int i = 0; i < width; i++) {
          into[i] = Float.intBitsToFloat(bytes.getShort(2 * (start + i * step)) << 16);
        }
      }
      case F16 -> {
        for (int i = 0; i < width; i++) {
          into[i] = TensorValues.half(bytes.getShort(2 * (start + i * step)));
        }
      }
    }
    delta.ifPresent(d -> d.addTo(row, into));
  }
}
