package org.soft4j.soft;

import org.soft4j.core.Setting;

/** What decides which round is kept. */
public record ValidationSettings(
    @Setting(
            value =
                "log_probability: mean log-probability per token of the validation set's "
                    + "reference responses, zero-shot; else a measurement named benchmark:metric:shots.",
            values = "log_probability or a measurement")
        String measure,
    @Setting(
            "Whether the rounds end when the measure no longer rises; the best round is kept "
                + "either way.")
        boolean earlyStop,
    @Setting(
            value =
                "Rounds without a rise before the stop; 2, since one bad round may be noise and "
                    + "the best round is kept anyway.",
            unit = "rounds")
        int patience,
    @Setting(value = "A smaller rise counts as none.", unit = "the measure's own") double minDelta,
    @Setting(value = "Items per committed chunk.", unit = "items") int chunk) {
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
