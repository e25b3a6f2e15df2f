package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;

/** Picks a few of many. */
final class Spread {
  private Spread() {}

  /** At most so many, evenly spaced over the list. */
  static <T> List<T> over(List<T> all, int most) {
    int count = Math.min(most, all.size());
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return chosen;
  }
}
