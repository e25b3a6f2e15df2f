package org.soft4j.lm.files;

import java.nio.file.Path;
import org.soft4j.core.UserError;
import org.soft4j.lm.text.Tokenizer;

/** Checks that a tokenizer makes only ids that the model has a row for. */
final class TokenizerFit {
  private TokenizerFit() {}

  static void check(Tokenizer tokenizer, Architecture architecture, Path file) {
    if (tokenizer.largestId() >= architecture.vocabularySize()) {
      throw new UserError(
          "%s makes ids up to %d, and the model's embedding has %d rows"
              .formatted(file, tokenizer.largestId(), architecture.vocabularySize()),
          "The tokenizer belongs to another model: fetch the one that came with these weights.");
    }
  }
}
