package org.soft4j.lm.source;

import java.nio.file.Path;
import org.soft4j.core.Sha256;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensors;
import org.soft4j.lm.gguf.Gguf;
import org.soft4j.lm.gguf.GgufArchitecture;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.gguf.GgufWeights;
import org.soft4j.lm.tokenizer.Tokenizer;

/** A model in one GGUF file. */
public final class GgufFile {
  private GgufFile() {}

  static ModelSource open(Path file) {
    Gguf gguf = Gguf.open(file);
    Architecture architecture = GgufArchitecture.read(gguf);
    GgufWeights weights = GgufWeights.of(gguf, architecture);
    ModelTensors.check(architecture, weights, file);
    Tokenizer tokenizer = GgufTokenizer.read(gguf.metadata());
    try {
      TokenizerFit.check(tokenizer, architecture, file);
      StopTokens stops = StopTokens.of(gguf.metadata(), tokenizer);
      return new ModelSource(
          file.getFileName().toString(),
          Sha256.of(file),
          architecture.withStops(stops.ids()),
          weights,
          tokenizer,
          architecture.special(),
          stops,
          gguf.metadata().text("tokenizer.chat_template"),
          ModelDocuments.of(gguf.metadata()));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }
}
