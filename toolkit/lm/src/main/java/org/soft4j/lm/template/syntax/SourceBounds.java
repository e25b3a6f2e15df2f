package org.soft4j.lm.template.syntax;

import java.util.Optional;

/** Bounds on the source of a template, which comes with a model or a task, and so from anywhere. */
public final class SourceBounds {
  /** The longest templates in use have some 20,000 letters and 300 sections of code. */
  private static final int MOST_LETTERS = 65_536;

  private static final int MOST_SECTIONS = 4_000;
  private static final int MOST_BRACKETS = 50;

  private SourceBounds() {}

  /** What of a source exceeds the bounds. */
  public static Optional<String> exceeded(String source) {
    if (source.length() > MOST_LETTERS) {
      return Optional.of("has " + source.length() + " letters");
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
      return Optional.of("nests more than " + MOST_BRACKETS + " brackets");
    }
    return sections > MOST_SECTIONS
        ? Optional.of("has " + sections + " sections of code")
        : Optional.empty();
  }
}
