package org.soft4j.lm.tokenizer;

/**
 * Text from outside inside a context: nothing in it is read as a control token.
 *
 * <p>A context is one text, in which a template's own control tokens (such as the end of a turn)
 * are parsed. What a user or a model wrote is marked before it is put in: beside each sign that
 * control tokens begin or end with stands a code point that Unicode sets apart for a program's own
 * use (a noncharacter, The Unicode Standard, section 23.7), so that no control token is spelled.
 * Tokenizers of this package take the marks out again; whoever sends a context elsewhere calls
 * {@link #unmarked}. The tokens of a text without control tokens are the same with and without
 * marks.
 */
public final class UserText {
  static final char MARK = '\uFDD0';

  /** What control tokens begin and end with, in the models there are. */
  private static final String OPENING = "<[";

  private static final String CLOSING = ">]";

  private UserText() {}

  /** The text with marks, which is the text itself where it has none of those signs. */
  public static String mark(String text) {
    StringBuilder marked = new StringBuilder(text.length() + 8);
    for (char c : unmarked(text).toCharArray()) {
      if (CLOSING.indexOf(c) >= 0) {
        marked.append(MARK);
      }
      marked.append(c);
      if (OPENING.indexOf(c) >= 0) {
        marked.append(MARK);
      }
    }
    return marked.toString();
  }

  /** The text without marks. */
  public static String unmarked(String text) {
    return isMarked(text) ? text.replace(String.valueOf(MARK), "") : text;
  }

  static boolean isMarked(String text) {
    return text.indexOf(MARK) >= 0;
  }
}
