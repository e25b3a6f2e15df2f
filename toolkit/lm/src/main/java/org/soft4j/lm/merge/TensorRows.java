package org.soft4j.lm.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;

/** Writes the rows of merged tensors in a number format, and measures what its rounding changes. */
final class TensorRows {
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Cancellation cancel;
  private double squares;
  private double errors;

  TensorRows(Cancellation cancel) {
    this.cancel = cancel;
  }

  /**
   * Writes all rows of a tensor.
   *
   * @throws UserError if a number is infinite or none, before or after rounding
   */
  void write(String name, MergedTensor tensor, NumberFormat format, WritableByteChannel out)
      throws IOException {
    int width = tensor.width();
    float[] row = new float[width];
    float[] rounded = new float[width];
    int bytes = format.bytes(width);
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.max(bytes, BYTES_AT_ONCE / bytes * bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.rows(); i++) {
      tensor.row(i, row);
      requireFinite(name, row);
      int start = buffer.position();
      format.encode(row, buffer);
      if (format != NumberFormat.F32) {
        format.decode(buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(start), rounded);
        compare(name, row, rounded, format);
      }
      if (buffer.remaining() < bytes || i == tensor.rows() - 1) {
        flush(buffer, out);
        cancel.check();
      }
    }
  }

  private static void flush(ByteBuffer buffer, WritableByteChannel out) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }

  private static void requireFinite(String name, float[] row) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new UserError(
            "The merged tensor %s holds %s.".formatted(name, value),
            "The model or the adapter is damaged, or its training diverged: fetch or train it"
                + " again.");
      }
    }
  }

  private void compare(String name, float[] row, float[] rounded, NumberFormat format) {
    for (int i = 0; i < row.length; i++) {
      if (!Float.isFinite(rounded[i])) {
        throw new UserError(
            "The merged tensor %s holds %s, too large for %s."
                .formatted(name, row[i], format.text()),
            "Use --dtype bf16 or --dtype f32.");
      }
      double error = (double) rounded[i] - row[i];
      squares += (double) row[i] * row[i];
      errors += error * error;
    }
  }

  /** The root mean square of what rounding changed, as a share of that of the weights. */
  double loss() {
    return squares == 0 ? 0 : Math.sqrt(errors / squares);
  }
}
