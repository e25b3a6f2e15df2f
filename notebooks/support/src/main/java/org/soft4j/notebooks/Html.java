package org.soft4j.notebooks;

import org.soft4j.core.Printable;

/** Text as HTML. */
final class Html {
  private Html() {}

  /**
   * Escapes what HTML would read as markup, in elements and in quoted attributes, and what is not
   * seen.
   */
  static String escape(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A paragraph of plain text. */
  static String paragraph(String text) {
    return "<p style=\"margin:4px 0\">" + escape(text) + "</p>";
  }
}
