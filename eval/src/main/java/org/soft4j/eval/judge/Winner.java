package org.soft4j.eval.judge;

import java.util.Locale;

/** The outcome of one game between two answers. */
public enum Winner {
  /** The first model's answer is better. */
  MODEL_1,
  /** The second model's answer is better. */
  MODEL_2,
  /** Neither is. */
  TIE,
  /** The judge's verdict cannot be read. */
  ERROR;

  /** As FastChat's files name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
