package org.soft4j.eval.python;

import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.PythonText;

/** Python's str.strip(): Java's leaves no-break spaces. */
public final class PythonStrip {
  private PythonStrip() {}

  /** The text without white space at its ends. */
  public static String of(String text) {
    return PythonText.stripped(text, None.NONE, true, true);
  }

  /** Whether str.isspace() holds for the letter. */
  public static boolean space(int c) {
    return PythonText.isSpace(c);
  }
}
