package org.soft4j.soft;

/**
 * What decides which round is kept.
 *
 * @param measure {@code log_probability} (default): mean log-probability per token of the
 *     validation set's reference responses, zero-shot; else a measurement named {@code
 *     benchmark:metric:shots}
 * @param earlyStop whether the rounds end when the measure no longer rises; the best round is kept
 *     either way
 * @param patience rounds without a rise before the stop; 2, since one bad round may be noise and
 *     the best round is kept anyway
 * @param minDelta a smaller rise counts as none
 * @param chunk items per committed chunk
 */
public record ValidationSettings(
    String measure, boolean earlyStop, int patience, double minDelta, int chunk) {
  /** Log-probability of references, patience 2. */
  public static final ValidationSettings DEFAULT =
      new ValidationSettings(ValidationSettings.LOG_PROBABILITY, true, 2, 0, 64);

  /** Name of the default measure. */
  public static final String LOG_PROBABILITY = "log_probability";

  /** Checks the ranges. */
  public ValidationSettings {
    Checks.atLeast("validation.patience", patience, 1);
    Checks.within("validation.min_delta", minDelta, 0, Double.MAX_VALUE);
    Checks.atLeast("validation.chunk", chunk, 1);
  }
}
