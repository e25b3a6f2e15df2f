package org.soft4j.report;

import java.util.List;
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
   * @param compared whether rounds are compared with the base model
   */
  public record Body(ScoreTable headline, ScoreTable all, boolean more, boolean compared) {}

  static ReportPage.Panel of(RunReader files, Findings moved) {
    List<Measurement> all = files.measurements().stream().filter(Kinds::score).toList();
    List<Measurement> headline = Kinds.headline(all, files.headline());
    Scale scale = files.scale();
    ScoreTable standing = ScoreTable.of(headline, scale, moved, files::who);
    ScoreTable whole = ScoreTable.of(all, scale, moved, files::who);
    return new ReportPage.Panel(
        "scores",
        "Scores",
        new Body(
            standing, whole, whole.rows().size() > standing.rows().size(), !moved.all().isEmpty()));
  }
}
