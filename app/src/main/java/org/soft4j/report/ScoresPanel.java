package org.soft4j.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.eval.Measurement;

/** Rounds by benchmarks, from metrics.csv; arrows from the samples of every round. */
public final class ScoresPanel {
  private ScoresPanel() {}

  /**
   * The body.
   *
   * @param headline the scores that stand for the run
   * @param all every score
   * @param more whether there are more than those that stand for it
   */
  public record Body(ScoreTable headline, ScoreTable all, boolean more) {}

  static ReportPage.Panel of(RunReader files) {
    List<Measurement> all = files.measurements().stream().filter(Kinds::score).toList();
    List<Measurement> headline = Kinds.headline(all, files.headline());
    Set<List<String>> shown =
        headline.stream().map(m -> List.of(m.benchmark(), m.metric())).collect(Collectors.toSet());
    Scale scale = files.scale();
    ScoreTable standing =
        ScoreTable.of(
            headline,
            scale,
            Significance.of(files, c -> shown.contains(List.of(c.benchmark(), c.metric()))));
    ScoreTable whole = ScoreTable.of(all, scale, Significance.of(files, c -> true));
    return new ReportPage.Panel(
        "scores",
        "Scores",
        new Body(standing, whole, whole.rows().size() > standing.rows().size()));
  }
}
