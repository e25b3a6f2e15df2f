package org.soft4j.lm.template.node;

import org.soft4j.lm.template.value.Bounds;

/** What a template has written so far. */
final class Output {
  private final StringBuilder text = new StringBuilder();

  void write(String more) {
    Bounds.requireShort((long) text.length() + more.length(), Bounds.CHARACTERS);
    text.append(more);
  }

  String text() {
    return text.toString();
  }
}
