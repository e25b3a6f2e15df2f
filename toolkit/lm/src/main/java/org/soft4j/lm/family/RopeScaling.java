package org.soft4j.lm.family;

import java.util.List;

/** What is done to the rotary frequencies of a model that was stretched to longer contexts. */
public sealed interface RopeScaling {
  /** A frequency of the plain rotary embedding to the one used; {@code pair} counts from 0. */
  double apply(double frequency, int pair);

  /** Frequencies as they are. */
  record None() implements RopeScaling {
    @Override
    public double apply(double frequency, int pair) {
      return frequency;
    }
  }

  /**
   * Every frequency divided by a factor (Chen et al. 2023, position interpolation).
   *
   * @param factor above 0
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double apply(double frequency, int pair) {
      return frequency / factor;
    }
  }

  /**
   * Llama 3.1's rule: short waves stay, long ones are slowed by the factor, those between are mixed
   * (transformers, modeling_rope_utils, rope_type {@code llama3}).
   *
   * @param factor by which long waves are slowed
   * @param lowFactor waves longer than {@code original / lowFactor} are long
   * @param highFactor waves shorter than {@code original / highFactor} are short
   * @param original context length before stretching
   */
  record Llama3(double factor, double lowFactor, double highFactor, double original)
      implements RopeScaling {
    @Override
    public double apply(double frequency, int pair) {
      double waves = original * frequency / (2 * Math.PI);
      if (waves > highFactor) {
        return frequency;
      }
      if (waves < lowFactor) {
        return frequency / factor;
      }
      double share = (waves - lowFactor) / (highFactor - lowFactor);
      return (1 - share) * frequency / factor + share * frequency;
    }
  }

  /**
   * Each frequency divided by a number of its own, as GGUF files store Llama 3.1's rule.
   *
   * @param factors one per pair of a head
   */
  record Factors(List<Float> factors) implements RopeScaling {
    public Factors {
      factors = List.copyOf(factors);
    }

    @Override
    public double apply(double frequency, int pair) {
      return frequency / factors.get(pair);
    }
  }
}
