package org.soft4j.judging;

import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.VerdictRule;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteSettings;

/** Which judge grades the answers of an evaluation, and how. */
public record JudgeSettings(
    @Setting(
            value =
                "Grade open answers by this judge: an endpoint http(s)://host/v1#model (key in"
                    + " SOFT4J_API_KEY or OPENAI_API_KEY), or a model folder, GGUF file or fetched"
                    + " name; empty for no judge.",
            flag = "--judge",
            label = "M")
        String model,
    @Setting(value = "Of a local judge: auto, cpu or gpu:N.", flag = "--judge-device", label = "D")
        String device,
    @Setting("Of a local judge: auto, float32, bfloat16 or int8.") String dtype,
    @Setting(
            value = "Make each call so often and take medians.",
            flag = "--judge-repeats",
            label = "K")
        int repeats,
    @Setting(value = "Bound on a judge's reply.", flag = "--judge-max-tokens", label = "N")
        int maxTokens,
    @Setting("Calls under way at an endpoint.") int concurrency,
    @Setting("Whether each round's answers are also compared with the base model's.")
        boolean pairwise,
    @Setting("Whether AlpacaEval reads the probability of one token, not a written ranking.")
        boolean weighted,
    @Setting(
            value =
                "How verdicts are read: last (reasoning left out, the last one counts), or as"
                    + " FastChat or AlpacaEval read theirs: fastchat, alpaca_eval.",
            flag = "--judge-verdicts",
            label = "R")
        VerdictRule verdicts) {
  /** No judge; with a model, FastChat's own settings. */
  public static final JudgeSettings NONE =
      new JudgeSettings("", "auto", "auto", 1, 2048, 4, true, false, VerdictRule.LAST);

  private static final String PREFIX = "judge.";

  /** Checks the ranges. */
  public JudgeSettings {
    if (Endpoint.isAddress(model)) {
      // Refused here, before it is recorded: an address may carry a secret.
      Endpoint.parse(model);
    }
    positive("repeats", repeats);
    positive("max_tokens", maxTokens);
    positive("concurrency", concurrency);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new UserError(PREFIX + key + " is " + value + ".", "Give a number of 1 or more.");
    }
  }

  /** Whether there is a judge. */
  public boolean present() {
    return !model.isEmpty();
  }

  /** Whether calls may cost money. */
  public boolean remote() {
    return Endpoint.isAddress(model);
  }

  ModelChoice choice() {
    return new ModelChoice(model, Optional.empty(), device, dtype, 0, "auto");
  }

  RemoteSettings calls() {
    return RemoteSettings.DEFAULT.withConcurrency(concurrency);
  }
}
