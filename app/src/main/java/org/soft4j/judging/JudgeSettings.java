package org.soft4j.judging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.VerdictRule;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteSettings;

/**
 * Which judge grades the answers of an evaluation, and how. Its options are set by dotted key, such
 * as {@code judge.model}.
 *
 * @param model folder, GGUF file, fetched name or endpoint; empty for no judge
 * @param device of a local judge
 * @param dtype of a local judge
 * @param repeats how often each call is made; verdicts are then medians
 * @param maxTokens bound on each reply
 * @param concurrency calls under way at an endpoint
 * @param pairwise whether each round's answers are also compared with the base model's
 * @param weighted whether AlpacaEval reads the probability of one token, not a written ranking
 * @param verdicts how they are read out of what the judge writes
 */
public record JudgeSettings(
    String model,
    String device,
    String dtype,
    int repeats,
    int maxTokens,
    int concurrency,
    boolean pairwise,
    boolean weighted,
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

  /** Whether a key is one of a judge. */
  public static boolean owns(String key) {
    return key.startsWith(PREFIX);
  }

  /** Whether there is a judge. */
  public boolean present() {
    return !model.isEmpty();
  }

  /** Another value for a key; an unknown key or a value of the wrong kind is a UserError. */
  public JudgeSettings with(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(byKey());
    if (!all.containsKey(key)) {
      throw new UserError(
          "There is no setting \"%s\".%s".formatted(key, DidYouMean.hint(key, all.keySet())),
          "Known settings of a judge: " + String.join(", ", all.keySet()) + ".");
    }
    all.put(key, value);
    return of(all);
  }

  /** Every option as text by key, in a fixed order; what {@link #of} reads. */
  public Map<String, String> byKey() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(PREFIX + "model", model);
    all.put(PREFIX + "device", device);
    all.put(PREFIX + "dtype", dtype);
    all.put(PREFIX + "repeats", String.valueOf(repeats));
    all.put(PREFIX + "max_tokens", String.valueOf(maxTokens));
    all.put(PREFIX + "concurrency", String.valueOf(concurrency));
    all.put(PREFIX + "pairwise", String.valueOf(pairwise));
    all.put(PREFIX + "weighted", String.valueOf(weighted));
    all.put(PREFIX + "verdicts", verdicts.text());
    return all;
  }

  private static JudgeSettings of(Map<String, String> all) {
    return new JudgeSettings(
        all.get(PREFIX + "model"),
        all.get(PREFIX + "device"),
        all.get(PREFIX + "dtype"),
        whole(all, "repeats"),
        whole(all, "max_tokens"),
        whole(all, "concurrency"),
        flag(all, "pairwise"),
        flag(all, "weighted"),
        VerdictRule.named(all.get(PREFIX + "verdicts")));
  }

  private static int whole(Map<String, String> all, String key) {
    try {
      return Integer.parseInt(all.get(PREFIX + key));
    } catch (NumberFormatException e) {
      throw new UserError(
          "%s is \"%s\", which is no whole number.".formatted(PREFIX + key, all.get(PREFIX + key)),
          "Write, for example, --set %s=1.".formatted(PREFIX + key),
          e);
    }
  }

  private static boolean flag(Map<String, String> all, String key) {
    String value = all.get(PREFIX + key);
    if (!List.of("true", "false").contains(value)) {
      throw new UserError("%s is \"%s\".".formatted(PREFIX + key, value), "Write true or false.");
    }
    return value.equals("true");
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
