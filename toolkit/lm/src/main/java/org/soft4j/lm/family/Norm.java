package org.soft4j.lm.family;

/**
 * How a row of hidden values is normalised; computed in fp32 whatever the weights are.
 *
 * @param kind with or without mean and bias
 * @param epsilon added to the mean square or to the variance
 */
public record Norm(Kind kind, double epsilon) {
  /** The two normalisations. */
  public enum Kind {
    /** x / sqrt(mean(x^2) + epsilon) * weight (Zhang and Sennrich 2019). */
    RMS,
    /** (x - mean) / sqrt(variance + epsilon) * weight + bias (Ba et al. 2016). */
    LAYER
  }

  /** RMSNorm. */
  public static Norm rms(double epsilon) {
    return new Norm(Kind.RMS, epsilon);
  }

  /** LayerNorm. */
  public static Norm layer(double epsilon) {
    return new Norm(Kind.LAYER, epsilon);
  }
}
