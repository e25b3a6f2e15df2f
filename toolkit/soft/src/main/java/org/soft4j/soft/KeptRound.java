package org.soft4j.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;

/**
 * Which round a run keeps, as result.json tells it.
 *
 * @param keptRound the best by validation, else the newest
 * @param rounds finished
 * @param stoppedEarly whether the early stop ended the run
 * @param reason in a sentence
 */
record KeptRound(int keptRound, int rounds, boolean stoppedEarly, String reason) {

  /** Judges the rounds so far, the base model first. */
  static KeptRound judge(List<List<Measurement>> rounds, ValidationSettings settings) {
    int newest = rounds.size() - 1;
    List<Double> scores = new ArrayList<>();
    for (List<Measurement> round : rounds) {
      if (unmeasured(round, settings)) {
        return new KeptRound(
            newest, newest, false, "the last round is kept: there is no validation set");
      }
      scores.add(value(round, settings.measure()));
    }
    if (scores.stream().allMatch(score -> Double.isNaN(score))) {
      return new KeptRound(
          newest,
          newest,
          false,
          "the last round is kept: no round has a value of " + settings.measure());
    }
    EarlyStop.Decision decision =
        new EarlyStop(settings.patience(), settings.minDelta()).decide(scores);
    boolean stop = settings.earlyStop() && decision.stop();
    String kept =
        "round %s is kept: best %s%s"
            .formatted(decision.best(), settings.measure(), without(scores));
    String reason =
        stop
            ? "%s; stopped after round %s, no rise in %s"
                .formatted(kept, newest, newest - decision.best())
            : kept;
    return new KeptRound(decision.best(), newest, stop, reason);
  }

  /** A judge may leave a round without a single verdict that can be read. */
  private static String without(List<Double> scores) {
    List<Integer> none =
        IntStream.range(0, scores.size()).filter(i -> scores.get(i).isNaN()).boxed().toList();
    return none.isEmpty() ? "" : " (without a value: rounds " + none + ")";
  }

  private static boolean unmeasured(List<Measurement> round, ValidationSettings settings) {
    return settings.measure().equals(ValidationSettings.LOG_PROBABILITY)
        && round.stream().noneMatch(m -> m.benchmark().equals(MeasureStage.VALIDATION));
  }

  /** A measure by the name of its measurement. */
  static String name(String measure) {
    return measure.equals(ValidationSettings.LOG_PROBABILITY)
        ? MeasureStage.VALIDATION + ":" + measure + ":0"
        : measure;
  }

  static String name(Measurement m) {
    return m.benchmark() + ":" + m.metric() + ":" + m.shots();
  }

  private static double value(List<Measurement> round, String measure) {
    TreeSet<String> known = new TreeSet<>();
    for (Measurement m : round) {
      if (name(m).equals(name(measure))) {
        return m.value();
      }
      known.add(name(m));
    }
    throw new UserError(
        "validation.measure is \"" + measure + "\", which no benchmark of this run gives.",
        "Use " + ValidationSettings.LOG_PROBABILITY + " or one of " + known + ".");
  }
}
