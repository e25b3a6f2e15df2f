package org.soft4j.lm.family;

/** How a model knows where a token stands. */
public sealed interface Positions {
  /**
   * Queries and keys are turned by angles that grow with the position (Su et al. 2021); the halves
   * of a head turn together.
   *
   * @param theta base of the frequencies
   * @param scaling what is done to the frequencies for longer contexts
   */
  record Rotary(double theta, RopeScaling scaling) implements Positions {
    /**
     * Radians per position of each pair of a head; rounded to fp32 before they are scaled, as in
     * transformers: at position 2,000 the last bits are worth 1e-4 of a log-probability.
     *
     * @param width of a head, even
     */
    public float[] frequencies(int width) {
      float[] frequencies = new float[width / 2];
      for (int i = 0; i < frequencies.length; i++) {
        float plain = 1 / (float) Math.pow(theta, (float) (2 * i) / width);
        frequencies[i] = (float) scaling.apply(plain, i);
      }
      return frequencies;
    }
  }

  /** A learned row per position is added to the embedding (GPT-2). */
  record Learned() implements Positions {}
}
