package org.soft4j.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The vertical axis of a figure.
 *
 * @param low its lower end
 * @param high its upper end
 * @param step between two ticks, the first of which is at the lower end
 */
record Axis(double low, double high, double step) {
  private static final int TICKS = 5;
  private static final double ROOM = 0.08;
  // A change by a hundredth of a value shall look like one, and not like a crash.
  private static final double LEAST_SHARE = 0.25;

  /** The axis for values; a common one is left only where a value lies beyond it. */
  static Axis of(Plot.Reach reach, double[] values) {
    double[] finite = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    double whole = reach == Plot.Reach.POINTS ? 100 : 1;
    boolean common = reach == Plot.Reach.POINTS || reach == Plot.Reach.SHARE;
    if (common && low >= 0 && high <= whole) {
      return new Axis(0, whole, whole / TICKS);
    }
    double largest = Math.max(Math.abs(low), Math.abs(high));
    double span = Math.max(high - low, largest == 0 ? 1 : LEAST_SHARE * largest);
    double middle = (low + high) / 2;
    double from = Math.min(low, middle - span / 2);
    double to = Math.max(high, middle + span / 2);
    double room = ROOM * (to - from);
    // What is never negative gets no negative axis.
    Axis axis = nice(low >= 0 ? Math.max(0, from - room) : from - room, to + room);
    boolean capped = reach == Plot.Reach.SCORES && high <= 100;
    // Every step divides 100.
    return capped ? new Axis(axis.low, Math.min(100, axis.high), axis.step) : axis;
  }

  private static Axis nice(double from, double to) {
    double raw = (to - from) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double share = raw / power;
    double step = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    return new Axis(step * Math.floor(from / step), step * Math.ceil(to / step), step);
  }

  /** Values at which a line is drawn and a number stands. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Decimals that tell two ticks apart. */
  int decimals() {
    return (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  }
}
