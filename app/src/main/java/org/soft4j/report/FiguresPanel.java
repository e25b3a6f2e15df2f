package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;

/** Figures under their headings, from metrics.csv and training.csv. */
public final class FiguresPanel {
  private FiguresPanel() {}

  /**
   * The body.
   *
   * @param note how to read the figures
   * @param pictures never empty
   */
  public record Body(String note, List<Picture> pictures) {}

  /**
   * A figure.
   *
   * @param title also its text for those who do not see it
   * @param base64 of a PNG
   */
  public record Picture(String title, String base64) {}

  static List<ReportPage.Panel> of(RunReader files) {
    if (files.evaluation()) {
      return List.of();
    }
    RunFigures figures = new RunFigures(files);
    List<ReportPage.Panel> panels = new ArrayList<>();
    add(
        panels,
        "Scores over the rounds",
        "Round 0 is the base model. Bars are one standard error over the items.",
        figures.scoresOverRounds());
    add(
        panels,
        "Few-shot curves",
        "What demonstrations in the context add. SOFT labels with them and trains without them, so"
            + " the zero-shot end of a line should rise towards the k-shot end of the line before.",
        figures.scoresOverShots());
    add(
        panels,
        "Collapse",
        "Signs of a model that closes in on itself: falling entropy and falling distinct shares,"
            + " rising copies.",
        figures.collapse());
    add(panels, "Training", "Mean cross-entropy of each optimizer step.", figures.training());
    return panels;
  }

  private static void add(
      List<ReportPage.Panel> panels, String heading, String note, Map<String, XYChart> charts) {
    if (!charts.isEmpty()) {
      panels.add(
          new ReportPage.Panel("figures", heading, new Body(note, RunFigures.pictures(charts))));
    }
  }
}
