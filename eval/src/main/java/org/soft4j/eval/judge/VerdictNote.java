package org.soft4j.eval.judge;

import java.util.Locale;

/** What was odd about a judge's verdict. */
enum VerdictNote {
  /** Nothing in the reply is a verdict. */
  NOT_FOUND("unread: no verdict in the reply"),
  /** The verdict lies outside the scale. */
  OUT_OF_SCALE("unread: a verdict outside the scale"),
  /** The reply ended before its reasoning did. */
  UNFINISHED("unread: the reply ends inside its reasoning"),
  /** Both ranks are the same, or the verdict is no number. */
  CONTRADICTION("unread: a verdict that contradicts itself"),
  /** Several verdicts differ. */
  SEVERAL("ambiguous: several verdicts differ, and the rule's one counts"),
  /** The verdict stands without the brackets that were asked for. */
  UNBRACKETED("read without the double brackets that were asked for"),
  /** Reasoning was left out before reading. */
  REASONING("read behind reasoning that was left out");

  private final String words;

  VerdictNote(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
