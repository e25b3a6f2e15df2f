package org.soft4j.lm.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.gguf.Gguf;
import org.soft4j.lm.gguf.GgufArchitecture;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.gguf.GgufWeights;
import org.soft4j.lm.tokenizer.Tokenizer;

/** Opens a model from its files. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Opens a Hugging Face folder or a GGUF file, and checks all of it but the weights' values. No
   * payload is read except for the digest.
   *
   * @param path folder with config.json, safetensors weights and tokenizer.json (or a SentencePiece
   *     tokenizer.model); or a .gguf file
   * @return owned by the caller, who closes it
   * @throws UserError if anything is missing, damaged, contradictory or not supported
   */
  public static ModelSource open(Path path) {
    if (Files.isDirectory(path)) {
      return HuggingFaceFolder.open(path);
    }
    if (!Files.exists(path)) {
      throw new UserError("There is no model at " + path + ".", "Check the path.");
    }
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gguf")) {
      return gguf(path);
    }
    throw new UserError(
        path + " is no model that soft4j can open.",
        name.endsWith(".safetensors")
            ? "Give the folder that holds the file, together with config.json and tokenizer.json."
            : "Give a folder in the Hugging Face layout, or a file that ends in .gguf.");
  }

  private static ModelSource gguf(Path file) {
    Gguf gguf = Gguf.open(file);
    Architecture architecture = GgufArchitecture.read(gguf);
    GgufWeights weights = GgufWeights.of(gguf, architecture);
    architecture.requireTensors(weights, file);
    Tokenizer tokenizer = GgufTokenizer.read(gguf.metadata());
    try {
      checkFit(tokenizer, architecture, file);
      StopTokens stops = StopTokens.of(gguf.metadata(), tokenizer);
      return new ModelSource(
          file.toAbsolutePath().normalize(),
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

  /** Checks that a tokenizer makes only ids that the model has a row for. */
  public static void checkFit(Tokenizer tokenizer, Architecture architecture, Path file) {
    if (tokenizer.largestId() >= architecture.vocabularySize()) {
      throw new UserError(
          "%s makes ids up to %s, and the model's embedding has %s rows"
              .formatted(file, tokenizer.largestId(), architecture.vocabularySize()),
          "The tokenizer belongs to another model: fetch the one that came with these weights.");
    }
  }
}
