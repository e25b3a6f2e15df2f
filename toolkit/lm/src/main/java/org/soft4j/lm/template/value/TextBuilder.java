package org.soft4j.lm.template.value;

/**
 * A text that is made piece by piece, and never longer than {@link Bounds#CHARACTERS}. Whatever
 * makes a text grow writes into one of these: the bound is checked before there is a longer text.
 */
public final class TextBuilder {
  private final StringBuilder text = new StringBuilder();

  /** Adds a text. */
  public TextBuilder add(CharSequence more) {
    return add(more, 0, more.length());
  }

  /** Adds a part of a text. */
  TextBuilder add(CharSequence more, int from, int end) {
    Bounds.requireShort((long) text.length() + end - from, Bounds.CHARACTERS);
    text.append(more, from, end);
    return this;
  }

  /** Adds a letter. */
  TextBuilder add(int codePoint) {
    Bounds.requireShort(text.length() + 1L, Bounds.CHARACTERS);
    text.appendCodePoint(codePoint);
    return this;
  }

  /** Adds a text as often as it is said; a number below one adds nothing. */
  public TextBuilder add(String more, long times) {
    long count = more.isEmpty() ? 0 : Math.max(0, Math.min(times, Integer.MAX_VALUE));
    Bounds.requireShort(text.length() + more.length() * count, Bounds.CHARACTERS);
    text.append(more.repeat((int) count));
    return this;
  }

  int length() {
    return text.length();
  }

  String toString(int from, int end) {
    return text.substring(from, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
