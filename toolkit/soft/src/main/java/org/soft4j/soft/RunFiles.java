package org.soft4j.soft;

import java.util.List;
import java.util.Map;
import org.soft4j.core.Csv;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.TrainingStep;

/** Names and columns of a run's files. */
public final class RunFiles {
  /** Of a round: how many labels were too long to be learned whole; there where some were. */
  public static final String CUT = "cut.json";

  /** Columns of metrics.csv. */
  public static final List<String> METRICS =
      List.of(
          "round", "benchmark", "shots", "metric", "value", "standard_error", "items", "chance");

  /** Columns of training.csv. */
  public static final List<String> TRAINING =
      List.of(
          "round",
          "step",
          "epoch",
          "loss",
          "learned_tokens",
          "tokens",
          "learning_rate",
          "gradient_norm");

  /** Columns of splits.csv. */
  public static final List<String> SPLITS = List.of("prompt_id", "type", "round", "prompt");

  /** Columns of pool.csv. */
  public static final List<String> POOL = List.of("id", "type", "prompt", "response");

  /** Columns of curriculum.csv. */
  public static final List<String> CURRICULUM = List.of("rank", "prompt_id", "type", "difficulty");

  private RunFiles() {}

  /** A file of a round. */
  public static String round(int round, String name) {
    return "round-" + round + "/" + name;
  }

  /** metrics.csv; a value that is none is an empty cell, an error or a chance that is none NaN. */
  public static String metrics(List<Measurement> rows) {
    return Csv.write(
        METRICS,
        rows.stream()
            .map(
                m ->
                    List.of(
                        m.round(),
                        m.benchmark(),
                        m.shots(),
                        m.metric(),
                        m.value(),
                        orNone(m.standardError()),
                        m.items(),
                        orNone(m.chance())))
            .toList());
  }

  /** In these columns NaN has always stood for none. */
  private static Object orNone(double value) {
    return Double.isNaN(value) ? "NaN" : value;
  }

  /** metrics.csv back to records. */
  public static List<Measurement> readMetrics(String text, String name) {
    return Csv.read(text, name).with(METRICS).rows().stream().map(RunFiles::measurement).toList();
  }

  private static Measurement measurement(Csv.Row row) {
    return new Measurement(
        row.whole("round"),
        row.text("benchmark"),
        row.whole("shots"),
        row.text("metric"),
        row.number("value"),
        row.number("standard_error"),
        row.whole("items"),
        row.number("chance"));
  }

  static String training(int round, List<TrainingStep> steps) {
    return Csv.write(
        TRAINING,
        steps.stream()
            .map(
                s ->
                    List.of(
                        round,
                        s.step(),
                        s.epoch(),
                        s.loss(),
                        s.learnedTokens(),
                        s.tokens(),
                        s.learningRate(),
                        s.gradientNorm()))
            .toList());
  }

  /** The content of pool.csv. */
  public static String pool(IclPool pool) {
    return Csv.write(
        POOL,
        pool.demonstrations().stream()
            .map((Demonstration d) -> List.of(d.id(), d.type(), d.prompt(), d.response()))
            .toList());
  }

  static String splits(List<List<Prompt>> parts) {
    List<List<Object>> rows = new java.util.ArrayList<>();
    for (int t = 0; t < parts.size(); t++) {
      for (Prompt p : parts.get(t)) {
        rows.add(List.of(p.id(), p.type(), t + 1, p.text()));
      }
    }
    return Csv.write(SPLITS, rows);
  }

  static String curriculum(List<Prompt> part, Map<String, Double> difficulty) {
    List<List<Object>> rows = new java.util.ArrayList<>();
    for (Prompt p : part) {
      Object value = difficulty.containsKey(p.id()) ? difficulty.get(p.id()) : "";
      rows.add(List.of(rows.size() + 1, p.id(), p.type(), value));
    }
    return Csv.write(CURRICULUM, rows);
  }
}
