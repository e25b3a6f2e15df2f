package org.soft4j.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Wording {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;

  private Wording() {}

  static String duration(double seconds) {
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return seconds < HOUR
        ? "%s min %s s".formatted(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
