package org.soft4j.lm;

/**
 * How the next token is drawn from the model's distribution.
 *
 * @param temperature 0 takes the most likely token (greedy); 1 leaves the distribution as it is
 * @param topP only the smallest set of tokens whose probabilities reach this sum may be drawn; 1
 *     allows all (nucleus sampling, Holtzman et al. 2020)
 * @param topK only this many most likely tokens may be drawn; 0 allows all
 */
public record Sampling(double temperature, double topP, int topK) {
  /** The most likely token, always. */
  public static final Sampling GREEDY = new Sampling(0, 1, 0);

  public Sampling {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be 0 or more, not " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top-p must be above 0 and at most 1, not " + topP);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top-k must be 0 or more, not " + topK);
    }
  }

  /** Whether the draw needs no random number. */
  public boolean greedy() {
    return temperature < 1e-4;
  }
}
