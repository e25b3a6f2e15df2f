package org.soft4j.settings;

import java.util.List;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;

/** By which protocol answers are judged, and what it compares them with. */
public record ProtocolSettings(
    @Setting(
            value =
                "single (1 to 10), pair, alpaca (ranking) or alpaca-weighted (probability of one"
                    + " token).",
            flag = "--protocol",
            label = "P",
            values = "single, pair, alpaca, alpaca-weighted")
        String name,
    @Setting(
            value = "vicuna_bench or mt_bench (default: whichever has the answered questions).",
            flag = "--bench",
            label = "B",
            values = "vicuna_bench, mt_bench, or empty")
        String bench,
    @Setting(value = "Another question.jsonl.", flag = "--questions", label = "F", values = "file")
        String questions,
    @Setting(
            value = "Another reference_answer file.",
            flag = "--references",
            label = "F",
            values = "file")
        String references,
    @Setting(
            value =
                "pair: the model that all others are compared with (default: every pair); alpaca: a"
                    + " model_outputs.json (default: text-davinci-003's in --data).",
            flag = "--baseline",
            label = "B",
            values = "model or file")
        String baseline,
    @Setting(
            value = "Only the first N questions; 0 for all.",
            flag = "--limit",
            label = "N",
            unit = "questions")
        int limit) {
  private static final List<String> NAMES = List.of("single", "pair", "alpaca", "alpaca-weighted");

  static final ProtocolSettings DEFAULT = new ProtocolSettings("single", "", "", "", "", 0);

  /** Checks the name and the range. */
  public ProtocolSettings {
    if (!NAMES.contains(name)) {
      throw new UserError(
          "\"%s\" is no protocol; there are %s.%s"
              .formatted(name, NAMES, DidYouMean.hint(name, NAMES)),
          "Choose one with --protocol.");
    }
    if (limit < 0) {
      throw new UserError(
          "protocol.limit is %s.".formatted(limit), "Use 0 for all questions, or a larger number.");
    }
  }

  /** Whether the protocol is AlpacaEval's, with its two forms. */
  public boolean alpaca() {
    return name.startsWith("alpaca");
  }

  /** How many of so many questions are judged. */
  public int of(int questions) {
    return limit == 0 ? questions : Math.min(limit, questions);
  }
}
