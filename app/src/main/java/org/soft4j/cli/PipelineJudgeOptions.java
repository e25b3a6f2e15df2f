package org.soft4j.cli;

import java.util.Optional;
import org.soft4j.judging.JudgeSettings;
import picocli.CommandLine.Option;

/** The flags that choose a judge for the answers of a run or an evaluation. */
final class PipelineJudgeOptions {
  @Option(
      names = "--judge",
      paramLabel = "M",
      description =
          "Grade open answers by this judge: an endpoint http(s)://host/v1#model (key in"
              + " SOFT4J_API_KEY or OPENAI_API_KEY), or a model folder, GGUF file or fetched name.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--judge-device",
      paramLabel = "D",
      description = "Of a local judge: auto, cpu or gpu:N.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--judge-max-tokens",
      paramLabel = "N",
      description = "Bound on a judge's reply (default: 2048).")
  private Optional<String> maxTokens = Optional.empty();

  @Option(
      names = "--judge-repeats",
      paramLabel = "K",
      description = "Make each call so often and take medians (default: 1).")
  private Optional<String> repeats = Optional.empty();

  @Option(
      names = "--judge-verdicts",
      paramLabel = "R",
      description =
          "How verdicts are read: last (reasoning left out, the last one counts), or as FastChat"
              + " or AlpacaEval read theirs: fastchat, alpaca_eval (default: last).")
  private Optional<String> verdicts = Optional.empty();

  JudgeSettings over(JudgeSettings settings) {
    JudgeSettings chosen = given(settings, "judge.model", model);
    chosen = given(chosen, "judge.device", device);
    chosen = given(chosen, "judge.max_tokens", maxTokens);
    chosen = given(chosen, "judge.verdicts", verdicts);
    return given(chosen, "judge.repeats", repeats);
  }

  private static JudgeSettings given(JudgeSettings to, String key, Optional<String> value) {
    return value.isPresent() ? to.with(key, value.get()) : to;
  }
}
