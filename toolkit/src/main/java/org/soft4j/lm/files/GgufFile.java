package org.soft4j.lm.files;

import java.nio.file.Path;
import org.soft4j.lm.text.Tokenizer;

/** A model in one GGUF file. */
final class GgufFile {
  private GgufFile() {}

  static ModelSource open(Path file) {
    Gguf gguf = Gguf.open(file);
    Architecture architecture = GgufArchitecture.read(gguf);
    GgufWeights weights = GgufWeights.of(gguf, architecture);
    ModelTensors.check(architecture, weights, file);
    weights.refuseUnused();
    Tokenizer tokenizer = GgufTokenizer.read(gguf.metadata());
    try {
      TokenizerFit.check(tokenizer, architecture, file);
      return new ModelSource(
          file.getFileName().toString(),
          FileDigest.of(file),
          architecture,
          weights,
          tokenizer,
          architecture.special(),
          gguf.metadata().text("tokenizer.chat_template"),
          ModelDocuments.of(gguf.metadata()));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }
}
