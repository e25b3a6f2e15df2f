package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.plot.Plot;

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
   * @param title of the figure
   * @param svg as markup, in which all texts are escaped
   */
  public record Picture(String title, String svg) {}

  static List<ReportPage.Panel> of(RunReader files) {
    if (files.evaluation()) {
      return List.of();
    }
    RunFigures figures = new RunFigures(files);
    List<ReportPage.Panel> panels = new ArrayList<>();
    add(
        panels,
        "Scores over the rounds",
        "Round 0 is the base model. Bars are one standard error over the items; points stand a little beside each other where"
            + " lines would cover one another. Shares are drawn from 0 to 100 everywhere.",
        figures.roundPlots());
    add(
        panels,
        "Few-shot curves",
        "What demonstrations in the context add. SOFT labels with them and trains without them, so"
            + " the zero-shot end of a line should rise towards the k-shot end of the line before.",
        figures.shotPlots());
    add(
        panels,
        "Collapse",
        "Signs of a model that closes in on itself: falling entropy and falling distinct shares,"
            + " rising copies.",
        figures.collapsePlots());
    add(panels, "Training", "Mean cross-entropy of each optimizer step.", figures.trainingPlots());
    return panels;
  }

  private static void add(
      List<ReportPage.Panel> panels, String heading, String note, Map<String, Plot> plots) {
    if (!plots.isEmpty()) {
      panels.add(new ReportPage.Panel("figures", heading, new Body(note, pictures(plots))));
    }
  }

  static List<Picture> pictures(Map<String, Plot> plots) {
    return plots.entrySet().stream().map(e -> new Picture(e.getKey(), e.getValue().svg())).toList();
  }
}
