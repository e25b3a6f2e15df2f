package org.soft4j.study.grid;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.soft4j.eval.Measurement;
import org.soft4j.report.RunReader;
import org.soft4j.table.Decimals;

/**
 * A score that a study compares.
 *
 * @param benchmark the task
 * @param shots demonstrations in the context
 * @param metric of the task
 * @param chance what guessing gives; NaN where there is none
 * @param factor by which values are shown: 100 for shares of one, in points
 */
public record Score(String benchmark, int shots, String metric, double chance, double factor) {
  // Watch over labels and choose rounds; they measure no model from outside.
  private static final Set<String> OWN = Set.of("labels", "validation", "micro_labels");

  /** In tables. */
  public String name() {
    return benchmark + " " + metric;
  }

  /**
   * The scores that stand for a run, at the fewest demonstrations; of each benchmark the first
   * where none is named.
   */
  static List<Score> of(RunReader run) {
    List<Measurement> rows =
        run.measurements().stream().filter(m -> !OWN.contains(m.benchmark())).toList();
    List<Score> named =
        run.headline().isEmpty()
            ? List.of()
            : scores(run, rows.stream().filter(m -> run.headline().contains(name(m))));
    return named.isEmpty()
        ? run.benchmarks().stream()
            .filter(benchmark -> !OWN.contains(benchmark))
            .flatMap(b -> scores(run, of(rows, b)).stream().limit(1))
            .toList()
        : named;
  }

  private static Stream<Measurement> of(List<Measurement> rows, String benchmark) {
    return rows.stream().filter(m -> m.benchmark().equals(benchmark));
  }

  private static List<Score> scores(RunReader run, Stream<Measurement> rows) {
    List<Measurement> all = rows.toList();
    return all.stream()
        .map(m -> name(m))
        .distinct()
        .map(
            name ->
                all.stream()
                    .filter(m -> name(m).equals(name))
                    .min(Comparator.comparingInt(Measurement::shots))
                    .orElseThrow())
        .map(m -> of(run, m))
        .toList();
  }

  private static Score of(RunReader run, Measurement m) {
    double factor = run.scale().of(m.benchmark(), m.metric());
    return new Score(m.benchmark(), m.shots(), m.metric(), m.chance(), factor);
  }

  /** A value in its unit. */
  public String text(String form, double value) {
    return Decimals.text(form, factor * value);
  }

  private static String name(Measurement m) {
    return m.benchmark() + " " + m.metric();
  }
}
