package org.soft4j.lm.adapter;

import java.util.Arrays;

/**
 * What an adapter adds to one linear layer: W' = W + scale * B A (Hu et al. 2021, section 4.1).
 *
 * @param rank r
 * @param scale alpha / r, or what the adapter's own rule makes of them
 * @param a A, row-major, [rank, inputs]
 * @param b B, row-major, [outputs, rank]
 */
public record LowRankDelta(int rank, double scale, float[] a, float[] b) {
  /** Columns of A. */
  public int inputs() {
    return a.length / rank;
  }

  /** Rows of B. */
  public int outputs() {
    return b.length / rank;
  }

  /** What it adds to the same layer stored as [inputs, outputs]. */
  public LowRankDelta transposed() {
    return new LowRankDelta(rank, scale, turned(b, outputs(), rank), turned(a, rank, inputs()));
  }

  private static float[] turned(float[] matrix, int rows, int columns) {
    float[] turned = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = matrix[row * columns + column];
      }
    }
    return turned;
  }

  /**
   * Adds one row of scale * B A to the same row of a weight, in fp32 as PEFT does.
   *
   * @param weights that row, [inputs]; changed
   */
  public void addTo(int row, float[] weights) {
    float[] sum = new float[weights.length];
    for (int i = 0; i < rank; i++) {
      float factor = b[row * rank + i];
      int from = i * sum.length;
      for (int column = 0; column < sum.length; column++) {
        sum[column] += factor * a[from + column];
      }
    }
    float factor = (float) scale;
    for (int column = 0; column < sum.length; column++) {
      weights[column] += factor * sum[column];
    }
  }

  /** The sum of two deltas of one layer, whatever their scales. */
  public LowRankDelta plus(LowRankDelta next) {
    return unitScale().concatenated(next.unitScale());
  }

  /** The same delta with scale 1: B holds the scale. Exact where the scale is a power of two. */
  LowRankDelta unitScale() {
    if (scale == 1) {
      return this;
    }
    float[] scaled = new float[b.length];
    for (int i = 0; i < b.length; i++) {
      scaled[i] = (float) (b[i] * scale);
    }
    return new LowRankDelta(rank, 1, a, scaled);
  }

  /** The same delta with rows of zeros under A and columns of zeros beside B. */
  LowRankDelta padded(int wanted) {
    return wanted == rank
        ? this
        : concatenated(
            new LowRankDelta(
                wanted - rank,
                scale,
                new float[(wanted - rank) * inputs()],
                new float[(wanted - rank) * outputs()]));
  }

  /** The sum of two deltas of equal scale: A stacked by rows, B by columns. */
  LowRankDelta concatenated(LowRankDelta next) {
    float[] stackedA = Arrays.copyOf(a, a.length + next.a.length);
    System.arraycopy(next.a, 0, stackedA, a.length, next.a.length);
    int total = rank + next.rank;
    float[] besideB = new float[outputs() * total];
    for (int row = 0; row < outputs(); row++) {
      System.arraycopy(b, row * rank, besideB, row * total, rank);
      System.arraycopy(next.b, row * next.rank, besideB, row * total + rank, next.rank);
    }
    return new LowRankDelta(total, scale, stackedA, besideB);
  }
}
