package org.soft4j.lm.template.syntax;

import org.soft4j.lm.template.value.TemplateFault;

/** Bounds on the source of a template, which comes with a model or a task, and so from anywhere. */
final class SourceBounds {
  /** The longest templates in use have some 20,000 letters and 300 sections of code. */
  private static final int MOST_LETTERS = 65_536;

  private static final int MOST_SECTIONS = 4_000;
  private static final int MOST_BRACKETS = 50;

  private SourceBounds() {}

  /** Refuses a source that exceeds the bounds. */
  static void require(String source) {
    if (source.length() > MOST_LETTERS) {
      throw new TemplateFault.TooMuch("has " + source.length() + " letters");
    }
    int sections = 0;
    int depth = 0;
    int deepest = 0;
    for (int at = 0; at + 1 < source.length(); at++) {
      char letter = source.charAt(at);
      if (letter == '{' && "{%#".indexOf(source.charAt(at + 1)) >= 0) {
        sections++;
        depth = 0;
        at++;
      } else if ("([{".indexOf(letter) >= 0) {
        depth++;
      } else if (")]}".indexOf(letter) >= 0) {
        depth = Math.max(0, depth - 1);
      }
      deepest = Math.max(deepest, depth);
    }
    if (deepest > MOST_BRACKETS) {
      throw new TemplateFault.TooMuch("nests more than " + MOST_BRACKETS + " brackets");
    }
    if (sections > MOST_SECTIONS) {
      throw new TemplateFault.TooMuch("has " + sections + " sections of code");
    }
  }
}
