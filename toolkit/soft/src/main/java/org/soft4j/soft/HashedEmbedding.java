package org.soft4j.soft;

import java.util.function.Function;
import org.soft4j.eval.Words;

/**
 * A text as hashed counts of its words and of their three-letter pieces: the default embedding for
 * nearest demonstrations. It sees spelling, not meaning; it needs no model and is always the same.
 * Pass an embedding of your own to {@link DemonstrationChoice.Nearest} where meaning matters.
 *
 * <p>Signed feature hashing (Weinberger et al. 2009); pieces as in fastText (Bojanowski et al.
 * 2017).
 *
 * @param dimensions length of the vector
 */
public record HashedEmbedding(int dimensions) implements Function<String, double[]> {
  /** 512 numbers. */
  public static final HashedEmbedding DEFAULT = new HashedEmbedding(512);

  @Override
  public double[] apply(String text) {
    double[] vector = new double[dimensions];
    for (String word : Words.of(text)) {
      add(vector, word, 1);
      String padded = "<" + word + ">";
      for (int i = 0; i + 3 <= padded.length(); i++) {
        add(vector, "#" + padded.substring(i, i + 3), 0.5);
      }
    }
    return vector;
  }

  private void add(double[] vector, String feature, double weight) {
    // The multiplication spreads String.hashCode, whose low bits are poor for short texts.
    long hash = feature.hashCode() * 0x9E3779B97F4A7C15L;
    vector[(int) Math.floorMod(hash >>> 20, (long) dimensions)] += hash < 0 ? -weight : weight;
  }
}
