package org.soft4j.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.soft4j.report.RunFigures;
import org.soft4j.report.RunReader;
import org.soft4j.report.ScoreTable;
import org.soft4j.soft.SoftResult;
import org.soft4j.table.RunTables;
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

  /** Those scores as a table: a column per round, in points of a hundred ± standard error. */
  public Table scoreTable() {
    return table().table();
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
