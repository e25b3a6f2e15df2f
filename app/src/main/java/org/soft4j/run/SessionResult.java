package org.soft4j.run;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.soft4j.compare.ComparisonTable;
import org.soft4j.compare.RunComparison;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.plot.Line;
import org.soft4j.report.RunFigures;
import org.soft4j.report.RunReader;
import org.soft4j.report.ScoreTable;
import org.soft4j.soft.RunTables;
import org.soft4j.soft.SoftResult;
import tech.tablesaw.api.Table;

/**
 * A finished run.
 *
 * @param result its kept round and measurements
 * @param headline scores that stand for it, as {@code benchmark metric}
 * @param report the HTML page
 */
public record SessionResult(SoftResult result, List<String> headline, Path report) {
  /** The scores that stand for the run, by round, to print. */
  public String scores() {
    return table().text();
  }

  /** The same for a terminal of so many columns; a wider table is parted. */
  public String scores(int columns) {
    return table().text(columns);
  }

  /** Those scores as a table: a column per round, in points of a hundred ± standard error. */
  public Table scoreTable() {
    return table().table();
  }

  /** Folder of the run. */
  public Path folder() {
    return result.folder();
  }

  /** The report, to be shown in the page of a notebook. */
  public ReportFile page() {
    return new ReportFile(report);
  }

  /**
   * Every measurement: round, benchmark, shots, metric, value, standard_error, items, chance.
   * Values are shares of 1; the collapse measures are among them.
   */
  public Table metrics() {
    return RunTables.metrics(result.measurements());
  }

  /** The collapse measures alone, with the columns of {@link #metrics}. */
  public Table collapse() {
    return RunTables.collapse(result.measurements());
  }

  /** The prompts in the order in which they were learned: round, rank, prompt_id, difficulty. */
  public Table curriculum() {
    return RunTables.curriculum(result.folder());
  }

  /** The labels that were dropped, with the reason. */
  public Table dropped() {
    return RunTables.dropped(result.folder());
  }

  /**
   * How many labels of each round have each kind of error, dropped ones included: round, type,
   * kind, labels, judged, errors, kept, share.
   */
  public Table labelErrors() {
    return RunTables.labelErrors(result.folder());
  }

  /** Every optimizer step of all rounds. */
  public Table training() {
    return RunTables.training(result.folder());
  }

  /**
   * Another run against this one, item by item after their last rounds: see {@link
   * ComparisonTable#of}.
   */
  public Table compare(SessionResult other) {
    return ComparisonTable.of(RunComparison.of(List.of(folder(), other.folder())));
  }

  /**
   * One score over the rounds, a line per number of demonstrations.
   *
   * @param score benchmark and metric, such as {@code micro_truth mc2}; an unknown one is a
   *     UserError that lists the known ones
   */
  public XYChart chart(String score) {
    Map<String, XYChart> charts = scoreCharts();
    if (!charts.containsKey(score)) {
      throw new UserError(
          "There is no figure of \"%s\".%s"
              .formatted(score, DidYouMean.hint(score, charts.keySet())),
          "Choose among: %s.".formatted(String.join(", ", charts.keySet())));
    }
    return charts.get(score);
  }

  /**
   * One score over the rounds at the fewest demonstrations it was measured with, as a line for a
   * figure of several runs; error bars of one standard error.
   *
   * @param name of the line
   * @param score benchmark and metric, such as {@code micro_truth mc2} or {@code labels
   *     token_entropy}; an unknown one is a UserError that lists the known ones
   */
  public Line line(String name, String score) {
    List<Measurement> rows =
        result.measurements().stream().filter(m -> scoreName(m).equals(score)).toList();
    if (rows.isEmpty()) {
      List<String> known =
          result.measurements().stream().map(SessionResult::scoreName).distinct().toList();
      throw new UserError(
          "There is no score \"%s\".%s".formatted(score, DidYouMean.hint(score, known)),
          "Choose among: %s.".formatted(String.join(", ", known)));
    }
    int fewest = rows.stream().mapToInt(Measurement::shots).min().getAsInt();
    List<Measurement> points =
        rows.stream()
            .filter(m -> m.shots() == fewest)
            .sorted(Comparator.comparingInt(Measurement::round))
            .toList();
    return new Line(
        name,
        points.stream().mapToDouble(Measurement::round).toArray(),
        points.stream().mapToDouble(Measurement::value).toArray(),
        points.stream().mapToDouble(Measurement::standardError).toArray());
  }

  private static String scoreName(Measurement m) {
    return m.benchmark() + " " + m.metric();
  }

  /** Training loss per optimizer step, a line per round. */
  public XYChart lossChart() {
    return figures().training().get("training loss");
  }

  /** The kept labels of all rounds. */
  public Table labels() {
    return RunTables.labels(result.folder());
  }

  /** So many kept labels of each round, evenly spaced over the round's file. */
  public Table sampleLabels(int perRound) {
    Table all = labels();
    Table sample = all.emptyCopy();
    for (int round = 1; round <= result.rounds(); round++) {
      Table written = all.where(all.intColumn("round").isEqualTo(round));
      int rows = Math.min(perRound, written.rowCount());
      int size = written.rowCount();
      sample.append(written.rows(IntStream.range(0, rows).map(i -> i * size / rows).toArray()));
    }
    return sample;
  }

  /** Every score over the rounds, by benchmark and metric. */
  public Map<String, XYChart> scoreCharts() {
    return figures().scoresOverRounds();
  }

  /** Every score over the number of demonstrations, by benchmark and metric. */
  public Map<String, XYChart> fewShotCharts() {
    return figures().scoresOverShots();
  }

  /** Each collapse measure over the rounds. */
  public Map<String, XYChart> collapseCharts() {
    return figures().collapse();
  }

  private ScoreTable table() {
    return ScoreTable.ofHeadline(
        result.measurements(), headline, new RunReader(result.folder()).scale());
  }

  private RunFigures figures() {
    return new RunFigures(new RunReader(result.folder()));
  }
}
