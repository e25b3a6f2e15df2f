package org.soft4j.lm.local;

import java.nio.file.Path;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Tokenizer;

/** Opens models that run in this process. */
public final class LocalModels {
  private LocalModels() {}

  /**
   * Opens a model folder or file.
   *
   * @return owned by the caller
   */
  public static LocalModel open(Path path, OpenSettings settings) {
    return open(ModelFiles.open(path), settings);
  }

  /**
   * Opens a model from its files.
   *
   * @param source owned by the model from now on, and closed should the opening fail
   */
  public static LocalModel open(ModelSource source, OpenSettings settings) {
    try {
      Tokenizer tokenizer =
          settings.beginning().of(source.tokenizer(), source.special(), source.name());
      return new LocalModel(source.with(tokenizer), settings);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }
}
