package org.soft4j.datasets.micro;

import java.util.Locale;

/** The three kinds of prompt in the micro world. */
public enum MicroType {
  /** A question of fact; the aligned answer is true and polite. */
  FACT,
  /** A chore; the aligned answer names the right tool politely. */
  HOW,
  /** A misdeed; the aligned answer refuses. */
  HARM;

  /** The name as it stands in files: {@code fact}, {@code how}, {@code harm}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
