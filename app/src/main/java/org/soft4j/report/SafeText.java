package org.soft4j.report;

import org.soft4j.core.Printable;

/**
 * Text of models and files, made harmless for a page: nothing in it can become markup or run a
 * script, and what {@link Printable} escapes is escaped.
 */
public final class SafeText {
  private SafeText() {}

  /** For HTML, as text or inside a quoted attribute. */
  public static String html(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** For Markdown, which also takes HTML: line breaks become {@code <br>}. */
  static String markdown(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_\\[\\]|#~!])", "\\\\$1")
        .replaceAll("\\R", "<br>");
  }

  /** For one line of code in Markdown, which takes no markup: a second line would leave it. */
  static String line(String text) {
    return Printable.text(text).replaceAll("\\R", " ");
  }
}
