package org.soft4j.eval.metric;

import java.util.List;
import java.util.regex.Pattern;

/** What scores over a corpus of texts share: counts that add up, and Python's words. */
final class Counts {
  // What Python's str.split() takes as white space.
  private static final String SPACES =
      "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
  private static final Pattern SPACE = Pattern.compile(SPACES);
  private static final Pattern TRAILING_SPACE = Pattern.compile(SPACES + "\\z");

  private Counts() {}

  /** The sum over a draw of items. */
  static long[] sum(long[][] counts, int[] items, int size) {
    long[] sum = new long[size];
    for (int item : items) {
      for (int i = 0; i < size; i++) {
        sum[i] += counts[item][i];
      }
    }
    return sum;
  }

  /** As Python's str.split(). */
  static List<String> words(String text) {
    return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /** As Python's rstrip: Java's stripTrailing leaves no-break spaces. */
  static String withoutTrailingSpace(String text) {
    return TRAILING_SPACE.matcher(text).replaceFirst("");
  }
}
