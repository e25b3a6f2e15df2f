package org.soft4j.lm.template.value;

/**
 * A text that the filter safe or escape gives: Python escapes what is put together with it.
 *
 * @param text as it is written
 */
public record SafeText(String text) {
  /** The text with the letters escaped that mean something in HTML. */
  public static SafeText escaped(Object value) {
    return value instanceof SafeText safe
        ? safe
        : new SafeText(
            Repr.str(value)
                .replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;"));
  }
}
