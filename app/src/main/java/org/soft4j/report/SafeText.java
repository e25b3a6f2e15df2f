package org.soft4j.report;

import java.util.Locale;

/**
 * Text of models and files, made harmless for a page or a terminal: nothing in it can become
 * markup, run a script, move the cursor, or turn the reading direction of what stands around it.
 */
public final class SafeText {
  private static final int REPLACEMENT = 0xFFFD;

  private SafeText() {}

  /** For HTML, as text or inside a quoted attribute. */
  static String html(String text) {
    return clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** For Markdown, which also takes HTML: line breaks become {@code <br>}. */
  static String markdown(String text) {
    return clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_\\[\\]|#~!])", "\\\\$1")
        .replaceAll("\\R", "<br>");
  }

  /** For one line of code in Markdown, which takes no markup: a second line would leave it. */
  static String line(String text) {
    return clean(text).replaceAll("\\R", " ");
  }

  /**
   * The same text without what no page and no terminal may be given: controls, lone surrogates and
   * code points that are no characters become U+FFFD; those that turn the reading direction are
   * named.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (turns(c)) {
                clean.append(String.format(Locale.ROOT, "[U+%04X]", c));
              } else {
                clean.appendCodePoint(forbidden(c) ? REPLACEMENT : c);
              }
            });
    return clean.toString();
  }

  private static boolean turns(int c) {
    return c == 0x61C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean forbidden(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean noCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return control || surrogate || noCharacter;
  }
}
