package org.soft4j.settings;

import java.util.List;
import java.util.stream.Stream;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.lm.Sampling;

/** How {@code generate} and {@code chat} continue texts. */
public record GenerationSettings(
    @Setting(
            value = "At most this many tokens.",
            flag = "--max-new-tokens",
            label = "N",
            unit = "tokens")
        int maxNewTokens,
    @Setting(value = "0 takes the most likely token.", flag = "--temperature", label = "T")
        double temperature,
    @Setting(
            value = "Share of probability that may be drawn.",
            flag = "--top-p",
            label = "P",
            unit = "share of 1")
        double topP,
    @Setting(
            value = "Number of tokens that may be drawn; 0 for all.",
            flag = "--top-k",
            label = "K",
            unit = "tokens")
        int topK,
    @Setting(
            value = "Generation ends before this text; may be repeated.",
            flag = "--stop",
            label = "TEXT",
            repeated = true)
        List<String> stop) {
  static final GenerationSettings DEFAULT = new GenerationSettings(128, 0, 1, 0, List.of());

  /** Checks the ranges. */
  public GenerationSettings {
    EndpointSettings.positive("generation.max_new_tokens", maxNewTokens);
    sampling(temperature, topP, topK);
    stop = List.copyOf(stop);
  }

  /** The same, which ends before these texts too. */
  public GenerationSettings stoppingBefore(List<String> texts) {
    List<String> all = Stream.concat(stop.stream(), texts.stream()).distinct().toList();
    return new GenerationSettings(maxNewTokens, temperature, topP, topK, all);
  }

  /** How tokens are drawn. */
  public Sampling sampling() {
    return sampling(temperature, topP, topK);
  }

  private static Sampling sampling(double temperature, double topP, int topK) {
    try {
      return new Sampling(temperature, topP, topK);
    } catch (IllegalArgumentException refused) {
      throw new UserError(
          "The sampling flags do not hold: %s.".formatted(refused.getMessage()),
          "Correct --temperature, --top-p or --top-k.",
          refused);
    }
  }
}
