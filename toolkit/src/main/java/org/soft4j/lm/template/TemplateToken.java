package org.soft4j.lm.template;

/**
 * A word of a template's code.
 *
 * @param kind of word
 * @param text as it stands there, or the text that a quoted one means
 * @param start its place in the source
 * @param end the place behind it
 */
record TemplateToken(Kind kind, String text, int start, int end) {
  enum Kind {
    NAME,
    TEXT,
    WHOLE,
    FLOATING,
    SIGN,
    /** The end of the section of code. */
    END
  }

  boolean is(String word) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(word);
  }
}
