package org.soft4j.lm.template.value;

/**
 * A text that the filter safe or escape gives: Python escapes what is put together with it.
 *
 * @param text as it is written
 */
public record SafeText(String text) {
  private static final String SPECIAL = "&><'\"";
  private static final String[] ESCAPES = {"&amp;", "&gt;", "&lt;", "&#39;", "&#34;"};

  /** Whether a value is a text, safe or not. */
  public static boolean isText(Object value) {
    return value instanceof String || value instanceof SafeText;
  }

  /** A text made of another: of a safe text Python makes a safe text. */
  public static Object like(Object value, String text) {
    return value instanceof SafeText ? new SafeText(text) : text;
  }

  /** The text with the letters escaped that mean something in HTML. */
  public static SafeText escaped(Object value) {
    if (value instanceof SafeText safe) {
      return safe;
    }
    String plain = Repr.str(value);
    TextBuilder out = new TextBuilder();
    int from = 0;
    for (int i = 0; i < plain.length(); i++) {
      int special = SPECIAL.indexOf(plain.charAt(i));
      if (special >= 0) {
        out.add(plain, from, i).add(ESCAPES[special]);
        from = i + 1;
      }
    }
    return new SafeText(out.add(plain, from, plain.length()).toString());
  }
}
