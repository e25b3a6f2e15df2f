package org.soft4j.settings;

import java.nio.file.Path;
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
                "Judge that grades open answers: an endpoint http(s)://host/v1#model (key in"
                    + " SOFT4J_API_KEY or OPENAI_API_KEY), or a model folder, GGUF file or fetched"
                    + " name; empty for no judge.",
            flag = "--judge",
            label = "M",
            values = "folder, file, name or address")
        String model,
    @Setting(
            value = "Adapter in PEFT's layout, put on a local judge.",
            flag = "--judge-adapter",
            label = "DIR",
            values = "folder")
        String adapter,
    @Setting(
            value = "Of a local judge: auto, cpu or gpu:N.",
            flag = "--judge-device",
            label = "D",
            values = "auto, cpu, gpu:N")
        String device,
    @Setting(
            value = "Of a local judge: auto, float32, bfloat16 or int8.",
            flag = "--judge-dtype",
            label = "T",
            values = "auto, float32, bfloat16, int8")
        String dtype,
    @Setting(
            value = "Of a local judge; 0 leaves the choice to the engine.",
            flag = "--judge-threads",
            label = "N",
            unit = "threads")
        int threads,
    @Setting(
            value = "Make each call this many times and take the median.",
            flag = "--judge-repeats",
            label = "K",
            unit = "calls")
        int repeats,
    @Setting(
            value = "Of the judge, where it scores or compares answers as in FastChat.",
            flag = "--judge-temperature",
            label = "T")
        double temperature,
    @Setting(
            value = "Bound on a judge's reply, in tokens, as in FastChat.",
            flag = "--judge-max-tokens",
            label = "N",
            unit = "tokens")
        int maxTokens,
    @Setting(
            value = "Concurrent calls to a judge's endpoint.",
            flag = "--judge-concurrency",
            label = "N",
            unit = "calls")
        int concurrency,
    @Setting(
            value = "Whether each round's answers are also compared with the base model's.",
            commands = "run")
        boolean pairwise,
    @Setting(
            value = "Whether AlpacaEval reads the probability of one token, not a written ranking.",
            commands = {"run", "eval"})
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
      new JudgeSettings(
          "",
          "",
          "auto",
          "auto",
          0,
          1,
          0,
          2048,
          RemoteSettings.DEFAULT.concurrency(),
          true,
          false,
          VerdictRule.LAST);

  /** Checks the ranges. */
  public JudgeSettings {
    if (Endpoint.isAddress(model)) {
      // Refused here, before it is recorded: an address may carry a secret.
      Endpoint.parse(model);
    }
    EndpointSettings.positive("judge.repeats", repeats);
    EndpointSettings.positive("judge.max_tokens", maxTokens);
    EndpointSettings.positive("judge.concurrency", concurrency);
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new UserError(
          "judge.temperature is %s.".formatted(temperature), "Give a number of 0 or more.");
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

  /** Which model judges. */
  public ModelChoice choice() {
    return new ModelChoice(
        model,
        Optional.of(adapter).filter(folder -> !folder.isEmpty()).map(Path::of),
        device,
        dtype,
        threads,
        "auto");
  }

  /** Bounds on its calls. */
  public RemoteSettings calls() {
    return RemoteSettings.DEFAULT.withConcurrency(concurrency);
  }
}
