package org.soft4j.soft;

import org.soft4j.core.Setting;
import org.soft4j.lm.Sampling;

/** How labels are written. */
public record LabelSettings(
    @Setting(
            "Sampling temperature; 0.7 as in Dromedary-2; greedy labels lost refusals in the micro"
                + " world.")
        double temperature,
    @Setting(
            value =
                "Sampling keeps the likeliest tokens of this total probability; 0.95 as in "
                    + "Dromedary-2.",
            unit = "share of 1")
        double topP,
    @Setting(
            value = "Sampling keeps this many of the likeliest tokens; 0 for no bound.",
            unit = "tokens")
        int topK,
    @Setting(value = "Longest label in tokens; 256 as in Dromedary-1.", unit = "tokens")
        int maxNewTokens,
    @Setting(
            value =
                "Prompts per committed chunk, the unit of resumption; 64 bounds what a kill "
                    + "loses.",
            unit = "prompts")
        int chunk) {
  /** Temperature 0.7, top-p 0.95, 256 tokens. */
  public static final LabelSettings DEFAULT = new LabelSettings(0.7, 0.95, 0, 256, 64);

  /** Checks the ranges. */
  public LabelSettings {
    Checks.within("labelling.temperature", temperature, 0, 100);
    Checks.within("labelling.top_p", topP, Double.MIN_VALUE, 1);
    Checks.atLeast("labelling.top_k", topK, 0);
    Checks.atLeast("labelling.max_new_tokens", maxNewTokens, 1);
    Checks.atLeast("labelling.chunk", chunk, 1);
  }

  /** The same as the runtime's value. */
  public Sampling sampling() {
    return new Sampling(temperature, topP, topK);
  }
}
