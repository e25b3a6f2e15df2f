package org.soft4j.lm.source;

import java.nio.file.Path;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.tokenizer.Tokenizer;

/** Checks that a tokenizer makes only ids that the model has a row for. */
public final class TokenizerFit {
  private TokenizerFit() {}

  public static void check(Tokenizer tokenizer, Architecture architecture, Path file) {
    if (tokenizer.largestId() >= architecture.vocabularySize()) {
      throw new UserError(
          "%s makes ids up to %s, and the model's embedding has %s rows"
              .formatted(file, tokenizer.largestId(), architecture.vocabularySize()),
          "The tokenizer belongs to another model: fetch the one that came with these weights.");
    }
  }
}
