package org.soft4j.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.NoiseRule;
import org.soft4j.compare.RunComparison;
import org.soft4j.compare.ScoredRun;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.table.Decimals;

/** Several runs side by side, after the rounds that they kept, from their files alone. */
public final class RunsPanel {
  private static final Measurement ABSENT =
      new Measurement(0, "", 0, "", Double.NaN, Double.NaN, 0, Double.NaN);

  private RunsPanel() {}

  /**
   * The body.
   *
   * @param runs which they are
   * @param boards the runs ranked; empty where they have no score in common
   * @param contrast in what they differ
   * @param scores a row per score, a cell per run
   * @param differences of every run from the first, item by item, of the scores that stand for them
   * @param others of all other scores
   * @param rule what is called noise
   * @param notes what one must know of the pairs
   */
  public record Body(
      List<Run> runs,
      List<Leaderboard> boards,
      RunContrast contrast,
      List<Row> scores,
      List<Difference> differences,
      List<Difference> others,
      String rule,
      List<String> notes) {}

  /** A run: its folder's name, what was done, and the command that makes it again. */
  public record Run(String name, String summary, String again, String report) {}

  /** A score; cells stand in the order of the runs. */
  public record Row(
      String benchmark, String metric, String shots, List<ScoreTable.Cell> cells, String chance) {}

  /**
   * A score of one run against the first run.
   *
   * @param mark an arrow, or a circle for noise
   * @param score benchmark, metric and shots
   * @param run that is compared
   * @param gap second minus first, with its 95 % interval
   * @param p corrected over all rows
   * @param why interval and mark seem to part ways; empty where they agree
   * @param detectable smallest true difference that would mostly be found
   * @param items that both have
   */
  public record Difference(
      String mark,
      String score,
      String run,
      String gap,
      String p,
      String why,
      String detectable,
      String items) {}

  static ReportPage page(List<Path> folders, Path into) {
    if (folders.size() < 2) {
      throw new UserError(
          "There is %s run to set side by side.".formatted(folders.size()),
          "Name two or more folders of runs or evaluations.");
    }
    List<RunReader> runs = named(folders);
    List<ScoredRun> scored =
        IntStream.range(0, folders.size())
            .mapToObj(i -> ScoredRun.read(folders.get(i)).named(runs.get(i).name()))
            .toList();
    List<List<Measurement>> standing = runs.stream().map(RunsPanel::standing).toList();
    Map<Boolean, List<Comparison>> compared =
        RunComparison.ofScores(scored).stream()
            .collect(Collectors.partitioningBy(c -> stands(c, standing)));
    List<ReportPage.Panel> panels = new ArrayList<>();
    panels.add(
        new ReportPage.Panel(
            "runs",
            "Side by side",
            new Body(
                runs.stream().map(run -> run(run, into)).toList(),
                Leaderboard.of(runs, standing, scored).stream().toList(),
                RunContrast.of(runs),
                scores(runs, standing),
                compared.get(true).stream().map(RunsPanel::difference).toList(),
                compared.get(false).stream().map(RunsPanel::difference).toList(),
                NoiseRule.WORDS,
                RunComparison.notes(scored))));
    RunCurves.panel(runs).ifPresent(panels::add);
    LabelErrorsPanel.of(runs).ifPresent(panels::add);
    return new ReportPage(
        runs.size() + " runs side by side",
        "Each after the round that it kept; differences are from " + runs.get(0).name() + ".",
        List.of(),
        panels);
  }

  /** Folders of one name are told apart by what is above them. */
  private static List<RunReader> named(List<Path> folders) {
    List<RunReader> runs = folders.stream().map(RunReader::new).toList();
    return runs.stream()
        .map(
            run ->
                runs.stream().filter(other -> other.name().equals(run.name())).count() == 1
                    ? run
                    : run.named(run.folder().normalize().toString()))
        .toList();
  }

  private static Run run(RunReader files, Path into) {
    RunDescription description = new RunDescription(files.description());
    Path report = files.folder().resolve("report.html");
    return new Run(
        files.name(),
        files.evaluation() ? description.evaluation() : description.summary(files.rounds().size()),
        files.evaluation() ? "" : description.again(),
        Files.exists(report) ? Links.from(into, report) : "");
  }

  /** What stands for a run: the scores of its kept round, or of the model that was evaluated. */
  private static List<Measurement> standing(RunReader files) {
    int round = files.shown();
    return Kinds.headline(files.measurements(), files.headline()).stream()
        .filter(m -> m.round() == round)
        .toList();
  }

  private static List<Row> scores(List<RunReader> runs, List<List<Measurement>> standing) {
    List<Map<List<Object>, Measurement>> byScore =
        standing.stream().map(RunsPanel::byScore).toList();
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

  /** Whether a score is one of those that stand for the first run. */
  private static boolean stands(Comparison c, List<List<Measurement>> standing) {
    return standing.get(0).stream()
        .anyMatch(
            m ->
                m.benchmark().equals(c.benchmark())
                    && m.metric().equals(c.metric())
                    && m.shots() == c.shots());
  }

  private static Map<List<Object>, Measurement> byScore(List<Measurement> rows) {
    Map<List<Object>, Measurement> byScore = new LinkedHashMap<>();
    rows.forEach(m -> byScore.put(List.of(m.benchmark(), m.metric(), m.shots()), m));
    return byScore;
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
        c.why(),
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
