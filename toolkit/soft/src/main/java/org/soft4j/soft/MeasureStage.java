package org.soft4j.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Csv;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/** Measures the model of a round: benchmarks, validation, collapse; round-t/metrics.csv. */
final class MeasureStage {
  /** The benchmark name of the validation set in metrics.csv. */
  static final String VALIDATION = "validation";

  /** Of a round: every validation item. */
  static final String FILE = "validation.csv";

  /** Its column with what decides. */
  static final String PER_TOKEN = "log_probability_per_token";

  private static final List<String> COLUMNS =
      List.of("id", "type", "log_probability", "tokens", PER_TOKEN);

  private final RunContext run;

  MeasureStage(RunContext run) {
    this.run = run;
  }

  /** A finished round's measurements, where it is finished. */
  Optional<List<Measurement>> finished(int round) {
    String file = RunFiles.round(round, "metrics.csv");
    if (!run.folder().has(file)) {
      return Optional.empty();
    }
    run.folder().delete(RunFiles.round(round, "validation.jsonl"));
    return Optional.of(RunFiles.readMetrics(run.folder().read(file), file));
  }

  /** Measures, and so finishes, a round. */
  List<Measurement> measure(int round, List<Measurement> collapse) {
    run.position(round);
    List<Measurement> rows = new ArrayList<>();
    run.events().started("evaluate", round, -1, 0);
    rows.addAll(
        run.evaluation()
            .evaluate(
                run.model(),
                round,
                run.folder().path(RunFiles.round(round, "eval")),
                run.cancel()));
    run.events().finished("evaluate", round);
    rows.addAll(collapse);
    if (!run.inputs().validation().isEmpty()) {
      rows.add(validate(round));
    }
    run.folder().write(RunFiles.round(round, "metrics.csv"), RunFiles.metrics(rows));
    return finished(round).orElseThrow();
  }

  /** One line of the validation's chunks. */
  record Validated(String id, String type, double logProbability, int tokens) {
    Validated {
      if (!Double.isFinite(logProbability)) {
        throw new IllegalArgumentException("log_probability is " + logProbability);
      }
    }

    double perToken() {
      return logProbability / tokens;
    }
  }

  private Measurement validate(int round) {
    List<Validated> items =
        run.chunked(
            "validate",
            round,
            "validation.jsonl",
            Validated.class,
            run.settings().validation().chunk(),
            run.inputs().validation(),
            (chunks, sink, cancel) ->
                RunContext.score(
                    run.model(), chunks, this::request, MeasureStage::validated, sink, cancel));
    run.folder()
        .write(
            RunFiles.round(round, FILE),
            Csv.write(
                COLUMNS,
                items.stream()
                    .map(
                        v ->
                            List.of(v.id(), v.type(), v.logProbability(), v.tokens(), v.perToken()))
                    .toList()));
    return CollapseMeasures.Means.measurement(
        round,
        VALIDATION,
        0,
        ValidationSettings.LOG_PROBABILITY,
        items.stream().mapToDouble(Validated::perToken).toArray());
  }

  private ScoreRequest request(Demonstration item) {
    PromptTemplate template = run.inputs().template();
    return new ScoreRequest(template.zeroShot(item.prompt()), template.completion(item.response()));
  }

  private static Validated validated(Demonstration item, Score score) {
    return new Validated(item.id(), item.type(), score.logProbability(), score.tokens());
  }
}
