package org.soft4j.speed;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, found by side, figure and dtype.
 *
 * @param measured all lines of one run
 */
record Comparison(List<Measured> measured) {
  Comparison {
    measured = List.copyOf(measured);
  }

  /** The line of soft4j; where there are several, the fastest. */
  Optional<Measured> ours(String figure, String dtype) {
    return best("soft4j", figure, dtype);
  }

  /** The peer's fastest line. */
  Optional<Measured> peer(String figure, String dtype) {
    return best("peer", figure, dtype);
  }

  /** All lines of a side, as they came. */
  List<Measured> all(String side, String figure) {
    return measured.stream()
        .filter(m -> m.side().equals(side) && m.figure().equals(figure))
        .toList();
  }

  private Optional<Measured> best(String side, String figure, String dtype) {
    // Seconds count work of one size only: the choice of a batch size has a figure of its own.
    return all(side, figure).stream()
        .filter(m -> m.dtype().equals(dtype))
        .max(Comparator.comparingDouble(Comparison::speed));
  }

  private static double speed(Measured line) {
    double rate = line.value("tokens_s");
    return Double.isNaN(rate) ? 1 / line.value("seconds") : rate;
  }

  /** How many times the peer's value ours is; NaN where a side is missing. */
  static double ratio(
      Optional<Measured> ours, Optional<Measured> peer, ToDoubleFunction<Measured> value) {
    return ours.isPresent() && peer.isPresent()
        ? value.applyAsDouble(ours.get()) / value.applyAsDouble(peer.get())
        : Double.NaN;
  }

  /** Largest difference between two training's losses, step by step; NaN where lengths differ. */
  static double lossDifference(Measured ours, Measured peer) {
    if (ours.series().size() != peer.series().size()) {
      return Double.NaN;
    }
    double largest = 0;
    for (int step = 0; step < ours.series().size(); step++) {
      largest = Math.max(largest, Math.abs(ours.series().get(step) - peer.series().get(step)));
    }
    return largest;
  }
}
