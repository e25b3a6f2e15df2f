package org.soft4j.console;

import java.util.Locale;

/**
 * How far a step is, and how fast it goes.
 *
 * @param done units, those of an earlier process among them
 * @param before units that were done when the step began; they say nothing of its speed
 * @param total units; 0 where unknown
 * @param seconds since the step began
 */
public record Pace(long done, long before, long total, double seconds) {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;

  private double rate() {
    return seconds > 0 ? Math.max(0, done - before) / seconds : 0;
  }

  /** Units a second, or seconds a unit where that is more; empty as long as nothing was done. */
  public String speed() {
    double rate = rate();
    if (rate <= 0) {
      return "";
    }
    return rate >= 1 ? String.format(Locale.ROOT, "%.1f/s", rate) : duration(1 / rate) + " each";
  }

  /** The time that is left at this speed; empty where it is not known or nothing is left. */
  public String left() {
    double rate = rate();
    return total > done && rate > 0 ? duration((total - done) / rate) + " left" : "";
  }

  /** Whole percents, 100 only where all is done; 0 where the total is unknown. */
  public long percent() {
    return total <= 0 ? 0 : Math.min(100, 100 * done / total);
  }

  /** Such as {@code 1 min 30 s}. */
  public static String duration(double seconds) {
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return seconds < HOUR
        ? "%s min %s s".formatted(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
