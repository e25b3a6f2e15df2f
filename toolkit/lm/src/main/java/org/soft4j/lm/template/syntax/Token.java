package org.soft4j.lm.template.syntax;

/**
 * A word of a template.
 *
 * @param kind of word
 * @param text as it stands there, or the text that a quoted one means
 * @param line in which it begins, counted from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text between the sections of code. */
    DATA,
    /** The beginning of a section that is written. */
    OUTPUT,
    /** The beginning of a section that is run. */
    STATEMENT,
    NAME,
    TEXT,
    WHOLE,
    FLOATING,
    SIGN,
    /** The end of a section of code. */
    END,
    /** The end of the template. */
    EOF
  }

  boolean is(String word) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(word);
  }
}
