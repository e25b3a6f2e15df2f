package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.datasets.JsonLines;

/**
 * FastChat's judge prompts, read from the user's copy of judge_prompts.jsonl and checked against
 * the digests of the published ones: another wording is another judge.
 *
 * @param byName the eight prompts
 */
public record JudgePrompts(Map<String, JudgePrompt> byName) {
  private static final int DIGITS = 12;
  // First digits of sha256(system message), sha256(template); FastChat commit 0e6d3e4.
  private static final Map<String, String> DIGESTS =
      Map.of(
          "pair-v2", "8d6df8feee26,22f93e573bf9",
          "pair-v2-multi-turn", "af4a7431af51,a962ad885e77",
          "pair-math-v1", "0f6f71b71c14,16f835dc77de",
          "pair-math-v1-multi-turn", "79adeb31a7f5,4bf6dac2bb05",
          "single-v1", "75357d685f23,0935c7ff79f3",
          "single-math-v1", "75357d685f23,8e11dbbf609a",
          "single-v1-multi-turn", "d1e77aa107f0,33067cf18206",
          "single-math-v1-multi-turn", "4b8fe8086dbd,6a2b8ad2961c");

  /** Copies the map. */
  public JudgePrompts {
    byName = Map.copyOf(byName);
  }

  /** Reads and checks a judge_prompts.jsonl. */
  public static JudgePrompts read(Path file) {
    Map<String, JudgePrompt> prompts = new LinkedHashMap<>();
    try (JsonLines lines = new JsonLines(file)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        var row = line.get().object();
        JudgePrompt prompt =
            new JudgePrompt(
                row.path("name").asText(),
                row.path("system_prompt").asText(),
                row.path("prompt_template").asText());
        Optional<String> expected = Optional.ofNullable(DIGESTS.get(prompt.name()));
        if (expected.isPresent() && !expected.get().equals(digests(prompt))) {
          throw lines.fault(
              "%s has the digests %s, and %s were expected."
                  .formatted(prompt.name(), digests(prompt), expected.get()),
              "Fetch judge_prompts.jsonl of FastChat again; judgements under other words would not"
                  + " compare.");
        }
        prompts.put(prompt.name(), prompt);
      }
    }
    return checked(prompts, file);
  }

  private static JudgePrompts checked(Map<String, JudgePrompt> prompts, Path file) {
    for (String name : DIGESTS.keySet().stream().sorted().toList()) {
      if (!prompts.containsKey(name)) {
        throw new UserError(
            "%s lacks the prompt %s; it has %s.".formatted(file, name, prompts.keySet()),
            "Fetch judge_prompts.jsonl of FastChat again.");
      }
    }
    return new JudgePrompts(prompts);
  }

  private static String digests(JudgePrompt prompt) {
    return Sha256.of(prompt.system()).substring(0, DIGITS)
        + ","
        + Sha256.of(prompt.template()).substring(0, DIGITS);
  }

  /**
   * The prompt for an answer.
   *
   * @param pair whether two answers are compared
   * @param reference whether a reference answer is shown
   * @param turn 1 or 2
   */
  JudgePrompt of(boolean pair, boolean reference, int turn) {
    String kind = pair ? (reference ? "pair-math-v1" : "pair-v2") : single(reference);
    return byName.get(kind + (turn == 2 ? "-multi-turn" : ""));
  }

  private static String single(boolean reference) {
    return reference ? "single-math-v1" : "single-v1";
  }
}
