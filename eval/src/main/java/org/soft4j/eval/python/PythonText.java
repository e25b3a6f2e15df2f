package org.soft4j.eval.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Methods of Python's str where Java's are others. */
public final class PythonText {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:_\\d+)*");

  private PythonText() {}

  /** What str.capitalize() gives, as in templates. */
  public static String capitalized(String text) {
    return org.soft4j.lm.template.value.PythonText.capitalized(text);
  }

  /** Whether int(text) takes a text. */
  public static boolean isWhole(String text) {
    return WHOLE.matcher(PythonStrip.of(text)).matches();
  }

  /**
   * What int(value) gives for a whole number or a text that writes one.
   *
   * @throws IllegalArgumentException where Python would refuse it
   */
  public static long whole(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof String text && WHOLE.matcher(PythonStrip.of(text)).matches()) {
      return Long.parseLong(PythonStrip.of(text).replace("_", ""));
    }
    throw new IllegalArgumentException(value + " is no whole number");
  }

  /** What str.split() without a separator gives: the words between white space. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || PythonStrip.space(text.charAt(i));
      if (!space && from < 0) {
        from = i;
      } else if (space && from >= 0) {
        words.add(text.substring(from, i));
        from = -1;
      }
    }
    return words;
  }
}
