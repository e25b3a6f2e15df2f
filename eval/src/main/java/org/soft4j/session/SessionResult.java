package org.soft4j.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.soft4j.report.RunFigures;
import org.soft4j.report.RunReader;
import org.soft4j.report.ScoreTable;
import org.soft4j.soft.SoftResult;

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
    return ScoreTable.ofHeadline(result.measurements(), headline).text();
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

  private RunFigures figures() {
    return new RunFigures(new RunReader(result.folder()));
  }
}
