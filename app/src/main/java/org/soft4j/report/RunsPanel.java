package org.soft4j.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.table.Decimals;

/** Several runs side by side, after their last rounds, from metrics.csv and the samples of each. */
public final class RunsPanel {
  private static final Measurement ABSENT =
      new Measurement(0, "", 0, "", Double.NaN, Double.NaN, 0, Double.NaN);

  private RunsPanel() {}

  /**
   * The body.
   *
   * @param runs which they are
   * @param scores a row per score, a cell per run
   * @param differences of every run from the first, item by item
   */
  public record Body(List<Run> runs, List<Row> scores, List<Difference> differences) {}

  /** A run: its folder's name, what was done, and the command that makes it again. */
  public record Run(String name, String summary, String again) {}

  /** A score; cells stand in the order of the runs. */
  public record Row(
      String benchmark, String metric, String shots, List<ScoreTable.Cell> cells, String chance) {}

  /**
   * A score of one run against the first run.
   *
   * @param mark an arrow where the corrected p-value is under 5 %, else a circle
   * @param score benchmark, metric and shots
   * @param run that is compared
   * @param gap second minus first, with its 95 % interval
   * @param p after Holm over all rows
   * @param detectable smallest true difference that would mostly be found
   * @param items that both have
   */
  public record Difference(
      String mark,
      String score,
      String run,
      String gap,
      String p,
      String detectable,
      String items) {}

  static ReportPage page(List<Path> folders) {
    if (folders.size() < 2) {
      throw new UserError(
          "There is %s run to set side by side.".formatted(folders.size()),
          "Name two or more folders of runs or evaluations.");
    }
    List<RunReader> runs = folders.stream().map(RunReader::new).toList();
    ReportPage.Panel panel =
        new ReportPage.Panel(
            "runs",
            "Side by side",
            new Body(
                runs.stream().map(RunsPanel::run).toList(), scores(runs), differences(folders)));
    return new ReportPage(
        runs.size() + " runs side by side",
        "Each after its last measured round; differences are from " + runs.get(0).name() + ".",
        List.of(panel));
  }

  private static Run run(RunReader files) {
    RunDescription description = new RunDescription(files.description());
    return new Run(
        files.name(),
        files.evaluation() ? description.evaluation() : description.summary(files.rounds().size()),
        files.evaluation() ? "" : description.again());
  }

  private static List<Row> scores(List<RunReader> runs) {
    List<Map<List<Object>, Measurement>> byScore = runs.stream().map(RunsPanel::last).toList();
    Set<List<Object>> scores = new LinkedHashSet<>();
    byScore.forEach(run -> scores.addAll(run.keySet()));
    List<Row> rows = new ArrayList<>();
    for (List<Object> score : scores) {
      List<ScoreTable.Cell> cells = new ArrayList<>();
      String chance = "";
      for (int i = 0; i < runs.size(); i++) {
        Measurement m = byScore.get(i).getOrDefault(score, ABSENT);
        cells.add(
            m == ABSENT ? ScoreTable.Cell.EMPTY : ScoreTable.cell(m, runs.get(i).scale(), ""));
        chance = m == ABSENT ? chance : runs.get(i).scale().text(m, m.chance());
      }
      rows.add(
          new Row(
              score.get(0).toString(),
              score.get(1).toString(),
              ScoreTable.shots((Integer) score.get(2)),
              cells,
              chance));
    }
    return rows;
  }

  private static Map<List<Object>, Measurement> last(RunReader files) {
    Map<List<Object>, Measurement> last = new LinkedHashMap<>();
    Kinds.headline(files.measurements(), files.headline())
        .forEach(m -> last.put(List.of(m.benchmark(), m.metric(), m.shots()), m));
    return last;
  }

  private static List<Difference> differences(List<Path> folders) {
    return RunComparison.of(folders).stream().map(RunsPanel::difference).toList();
  }

  private static Difference difference(Comparison c) {
    double factor = c.share() ? 100 : 1;
    double gap = c.secondMean() - c.firstMean();
    return new Difference(
        c.mark(),
        "%s %s, %s".formatted(c.benchmark(), c.metric(), ScoreTable.shots(c.shots())),
        c.second(),
        points(factor * gap) + interval(c, factor),
        Decimals.probability(c.corrected()),
        Decimals.text("%.1f", factor * c.detectable()),
        String.valueOf(c.items()));
  }

  /** One item alone says nothing of how far the next would lie from it. */
  private static String interval(Comparison c, double factor) {
    return c.items() < 2
        ? ""
        : " (%s to %s)".formatted(points(factor * c.low()), points(factor * c.high()));
  }

  private static String points(double value) {
    return Decimals.text("%+.1f", value);
  }
}
