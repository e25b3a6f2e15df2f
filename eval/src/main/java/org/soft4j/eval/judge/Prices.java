package org.soft4j.eval.judge;

/**
 * What a judge charges, in any currency.
 *
 * @param perMillionIn for a million tokens of prompts
 * @param perMillionOut for a million tokens of replies
 */
public record Prices(double perMillionIn, double perMillionOut) {
  private static final double MILLION = 1e6;

  /** Checks the signs. */
  public Prices {
    if (!(perMillionIn >= 0) || !(perMillionOut >= 0)) {
      throw new IllegalArgumentException("prices must be 0 or more");
    }
  }

  /** Cost of so many tokens. */
  public double of(long in, long out) {
    return (in * perMillionIn + out * perMillionOut) / MILLION;
  }
}
