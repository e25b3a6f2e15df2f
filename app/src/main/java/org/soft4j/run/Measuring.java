package org.soft4j.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.judging.JudgeSettings;

/**
 * Where and by whom the models of a run are measured.
 *
 * @param device on which every round's model is opened for its benchmarks; empty for the run's own
 * @param judge that grades answers after every round
 */
public record Measuring(String device, JudgeSettings judge) {
  /** On the run's own model and device, without a judge. */
  public static final Measuring DEFAULT = new Measuring("", JudgeSettings.NONE);

  /** Key of the device, for settings and run.json. */
  static final String DEVICE = "eval.device";

  /** Checks the device's form. */
  public Measuring {
    if (!device.matches("|cpu|gpu:\\d+")) {
      throw new UserError(
          "The device for evaluation is \"%s\".".formatted(device),
          "Write cpu or gpu:N, such as --eval-device gpu:0.");
    }
  }

  /** Whether a dotted key is one of these options. */
  static boolean owns(String key) {
    return key.equals(DEVICE) || JudgeSettings.owns(key);
  }

  Measuring with(String key, String value) {
    return key.equals(DEVICE)
        ? new Measuring(value, judge)
        : new Measuring(device, judge.with(key, value));
  }

  Measuring with(JudgeSettings newJudge) {
    return new Measuring(device, newJudge);
  }

  /** For run.json; of a judge that is not there, only that it is not. */
  Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put(DEVICE, device);
    judge
        .byKey()
        .forEach(
            (key, value) -> {
              if (judge.present() || key.equals("judge.model")) {
                sources.put(key, value);
              }
            });
    return sources;
  }
}
