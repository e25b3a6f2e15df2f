package org.soft4j.lm.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.soft4j.core.UserError;

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
      return GgufFile.open(path);
    }
    throw new UserError(
        path + " is no model that soft4j can open.",
        name.endsWith(".safetensors")
            ? "Give the folder that holds the file, together with config.json and tokenizer.json."
            : "Give a folder in the Hugging Face layout, or a file that ends in .gguf.");
  }
}
