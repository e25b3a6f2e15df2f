package org.soft4j.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.lm.remote.Endpoint;

/** How models are measured. */
public record EvalSettings(
    @Setting(
            value =
                "Where every round is measured: cpu, gpu:N, or a server that adapters are loaded at,"
                    + " http(s)://host:8000/v1#base; empty for the run's own.",
            flag = "--eval-device",
            label = "D",
            commands = "run",
            values = "cpu, gpu:N, address, or empty")
        String device,
    @Setting(
            value =
                "Texts beyond the model's window: auto (as each task has it), cut (prompts lose"
                    + " their beginning, so that answers keep all of their room) or refuse."
                    + " Their number is reported.",
            flag = "--overlong",
            label = "P",
            commands = {"run", "eval", "study"})
        OverlongPolicy overlong,
    @Setting(
            value =
                "Take marked reasoning, such as <think>…</think>, out of written answers before"
                    + " they are scored or judged; stop strings then end the answer, not the"
                    + " reasoning.",
            flag = "--drop-reasoning",
            commands = {"run", "eval", "study"})
        boolean dropReasoning,
    @Setting(
            "Whether each item draws its own demonstrations (less noise), or all share one draw (a"
                + " long prefix is computed once).")
        boolean demonstrationsPerItem,
    @Setting(
            value = "Continuations scored together, the unit of resumption.",
            unit = "continuations")
        int scoresPerChunk,
    @Setting(value = "Texts written together, the unit of resumption.", unit = "texts")
        int textsPerChunk) {
  static final EvalSettings DEFAULT =
      new EvalSettings("", OverlongPolicy.AUTO, false, false, 512, 16);

  /** Checks the device's form and the ranges. */
  public EvalSettings {
    if (!Endpoint.isAddress(device) && !device.matches("|cpu|gpu:\\d+")) {
      throw new UserError(
          "The device for evaluation is \"%s\".".formatted(device),
          "Write cpu or gpu:N, such as --eval-device gpu:0, or a server's address.");
    }
    if (scoresPerChunk < 1 || textsPerChunk < 1) {
      throw new UserError(
          "A chunk of an evaluation is %s scores and %s texts."
              .formatted(scoresPerChunk, textsPerChunk),
          "Give numbers of 1 or more.");
    }
  }

  /** The server at which every round is measured. */
  public Optional<String> server() {
    return Optional.of(device).filter(Endpoint::isAddress);
  }

  /** What becomes of texts and answers before they are scored. */
  public AnswerRules answers() {
    return new AnswerRules(overlong, dropReasoning);
  }

  /** For an evaluation at these numbers of demonstrations. */
  public EvaluationSettings at(List<Integer> shots, Map<String, List<Integer>> shotsOf, long seed) {
    return new EvaluationSettings(
        shots, shotsOf, demonstrationsPerItem, scoresPerChunk, textsPerChunk, seed, answers());
  }
}
