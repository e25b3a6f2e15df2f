package org.soft4j.lm.family;

import java.nio.file.Path;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/** A model whose head is its embedding, and whose files hold a head all the same. */
public final class TiedHead {
  private static final String HEAD = "lm_head.weight";

  private TiedHead() {}

  /**
   * Checks that a stored head is the embedding: otherwise it is not clear which is meant, and
   * transformers takes the stored one in some versions.
   *
   * @throws UserError if it is not
   */
  public static void check(Architecture architecture, WeightSource weights, Path folder) {
    if (!architecture.tiedHead() || !weights.names().contains(HEAD)) {
      return;
    }
    String embedding = ModelTensors.outer(architecture).get(0).name();
    StoredTensor stored = weights.read(HEAD);
    StoredTensor tied = weights.read(embedding);
    if (stored.type() != tied.type() || !stored.bytes().equals(tied.bytes())) {
      throw new UserError(
          "%s: tie_word_embeddings = true, and %s is not %s".formatted(folder, HEAD, embedding),
          "If the stored head is meant, set tie_word_embeddings to false in config.json;"
              + " else fetch the model again.");
    }
  }
}
