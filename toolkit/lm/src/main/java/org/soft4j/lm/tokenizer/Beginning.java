package org.soft4j.lm.tokenizer;

import java.util.Locale;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/**
 * Whether a beginning-of-text token stands before every encoded text. Published numbers differ by
 * it: lm-evaluation-harness added none to causal models up to 0.4.9.1, and follows the tokenizer
 * since.
 */
public enum Beginning {
  /** As the tokenizer itself has it. */
  AUTO,
  /** Always. */
  ON,
  /** Never, nor anything else that the tokenizer adds. */
  OFF;

  /** Reads {@code auto}, {@code on} or {@code off}. */
  public static Beginning parse(String text) {
    for (Beginning value : values()) {
      if (value.text().equals(text)) {
        return value;
      }
    }
    throw new UserError(
        "--bos is \"%s\".".formatted(text), "Use auto (as the tokenizer has it), on or off.");
  }

  /** As it is written on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The tokenizer that encodes texts so. A text that already begins with the beginning-of-text
   * token, as the chat templates of some models do, gets no second one.
   *
   * @param tokenizer owned by the result
   * @param model for the message where it has no such token
   * @throws UserError for {@link #ON} where the model has none
   */
  public Tokenizer of(Tokenizer tokenizer, SpecialTokens special, String model) {
    if (this == ON && special.begin().isEmpty()) {
      throw new UserError(
          "%s has no beginning-of-text token.".formatted(model), "Use --bos auto, or off.");
    }
    return new BeginningTokenizer(tokenizer, this, special);
  }
}
