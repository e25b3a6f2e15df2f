package org.soft4j.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.eval.AnswerRules;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.judging.JudgeSettings;

/**
 * Where and by whom the models of a run are measured.
 *
 * @param answers what becomes of texts and answers before they are scored
 * @param device on which every round's model is opened for its benchmarks; empty for the run's own
 * @param judge that grades answers after every round
 */
public record Measuring(String device, AnswerRules answers, JudgeSettings judge) {
  /** On the run's own model and device, without a judge. */
  public static final Measuring DEFAULT =
      new Measuring("", AnswerRules.AS_WRITTEN, JudgeSettings.NONE);

  /** Key of the device, for settings and run.json. */
  static final String DEVICE = "eval.device";

  private static final String OVERLONG = "eval.overlong";
  private static final String DROP_REASONING = "eval.drop_reasoning";

  /** Checks the device's form. */
  public Measuring {
    if (!device.matches("|cpu|gpu:\\d+")) {
      throw new UserError(
          "The device for evaluation is \"%s\".".formatted(device),
          "Write cpu or gpu:N, such as --eval-device gpu:0.");
    }
  }

  /** Every dotted key of these options. */
  static List<String> keys() {
    return List.copyOf(DEFAULT.byKey().keySet());
  }

  /** Whether a dotted key is one of these options. */
  static boolean owns(String key) {
    return keys().contains(key) || JudgeSettings.owns(key);
  }

  Measuring with(String key, String value) {
    return switch (key) {
      case DEVICE -> new Measuring(value, answers, judge);
      case OVERLONG -> with(answers.with(OverlongPolicy.parse(value)));
      case DROP_REASONING -> with(answers.droppingReasoning(flag(value)));
      default -> with(judge.with(key, value));
    };
  }

  private static boolean flag(String value) {
    if (!List.of("true", "false").contains(value)) {
      throw new UserError("%s is \"%s\".".formatted(DROP_REASONING, value), "Write true or false.");
    }
    return value.equals("true");
  }

  private Measuring with(AnswerRules newAnswers) {
    return new Measuring(device, newAnswers, judge);
  }

  Measuring with(JudgeSettings newJudge) {
    return new Measuring(device, answers, newJudge);
  }

  /** Every option as text by key, in a fixed order. */
  private Map<String, String> byKey() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(DEVICE, device);
    all.put(OVERLONG, answers.overlong().text());
    all.put(DROP_REASONING, String.valueOf(answers.dropReasoning()));
    all.putAll(judge.byKey());
    return all;
  }

  /** For run.json; of a judge that is not there, only that it is not. */
  Map<String, String> sources() {
    Map<String, String> sources = byKey();
    sources
        .keySet()
        .removeIf(key -> JudgeSettings.owns(key) && !judge.present() && !key.equals("judge.model"));
    return sources;
  }
}
