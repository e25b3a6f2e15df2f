package org.soft4j.lm.text;

/**
 * Text from outside inside a context: nothing in it is read as a control token.
 *
 * <p>A context is one text, in which a template's own control tokens (such as the end of a turn)
 * are parsed. What a user or a model wrote is marked before it is put in, with two code points that
 * Unicode sets apart for a program's own use (noncharacters, The Unicode Standard, section 23.7).
 * Tokenizers of this package take the marks out; whoever sends a context elsewhere calls {@link
 * #unmarked}. The tokens of a text without control tokens are the same with and without marks.
 */
public final class UserText {
  static final char BEGIN = '\uFDD0';
  static final char END = '\uFDD1';

  /** What control tokens are written with, in the models there are. */
  private static final String SIGNS = "<[\uFF5C";

  private UserText() {}

  /** The text, marked where it could spell a control token, and as it is otherwise. */
  public static String mark(String text) {
    String clean = unmarked(text);
    return clean.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0) ? BEGIN + clean + END : clean;
  }

  /** The text without marks. */
  public static String unmarked(String text) {
    return isMarked(text)
        ? text.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "")
        : text;
  }

  static boolean isMarked(String text) {
    return text.indexOf(BEGIN) >= 0 || text.indexOf(END) >= 0;
  }
}
