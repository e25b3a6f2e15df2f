package org.soft4j.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.WholeFile;

/**
 * Writes reports: report.html, one self-contained page, and report.md beside it; of a run, of an
 * evaluation, or of several runs side by side.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes both pages into the folder of a run or an evaluation, from its files alone; a run that
   * is not finished gets a report of what is there.
   *
   * @return report.html
   */
  public static Path write(Path folder) {
    return write(folder, folder);
  }

  /**
   * Writes both pages elsewhere.
   *
   * @param folder of the run or the evaluation
   * @param into gets report.html and report.md
   * @return report.html
   */
  public static Path write(Path folder, Path into) {
    return write(page(folder, Optional.of(into)), into, "report");
  }

  /**
   * Writes a report of several runs side by side.
   *
   * @param runs the first is compared with; two or more
   * @param folder gets comparison.html and comparison.md
   * @return comparison.html
   */
  public static Path write(List<Path> runs, Path folder) {
    return write(RunsPanel.page(runs, folder), folder, "comparison");
  }

  /** What the report of a run or an evaluation shows, as values. */
  public static ReportPage page(Path folder) {
    return page(folder, Optional.empty());
  }

  /** The same; where a folder is given, the pages of all items are written into it. */
  private static ReportPage page(Path folder, Optional<Path> into) {
    RunReader files = new RunReader(folder);
    RunDescription description = new RunDescription(files.description());
    List<ReportPage.Panel> panels = new ArrayList<>();
    Findings moved = Findings.of(files);
    panels.add(OutcomePanel.of(files, moved));
    panels.add(ScoresPanel.of(files, moved));
    add(panels, CaveatsPanel.of(files));
    add(panels, ChangesPanel.of(files));
    add(panels, into.flatMap(place -> ItemsPanel.write(files, place)));
    add(panels, CategoriesPanel.of(files));
    add(panels, JudgedPanel.of(files));
    panels.addAll(FiguresPanel.of(files));
    add(panels, LabelErrorsPanel.of(files));
    add(panels, LabelsPanel.of(files));
    add(panels, ContaminationPanel.of(files));
    add(panels, CardsPanel.of(files));
    panels.add(OriginPanel.of(files));
    add(panels, FilesPanel.of(files, into.orElse(folder)));
    String kind = files.evaluation() ? "Evaluation " : "Run ";
    return new ReportPage(
        kind + files.name() + ", by soft4j",
        files.evaluation() ? description.evaluation() : description.summary(files.rounds().size()),
        List.of(RunEffort.model(files), RunEffort.times(files)),
        panels);
  }

  private static void add(List<ReportPage.Panel> panels, Optional<ReportPage.Panel> panel) {
    panel.ifPresent(panels::add);
  }

  /** Writes a page as NAME.md and NAME.html; returns the latter. */
  public static Path write(ReportPage page, Path folder, String name) {
    ProcessLock lock = ProcessLock.folder(folder, "--out");
    try {
      WholeFile.write(folder.resolve(name + ".md"), Templates.markdown(page));
      Path html = folder.resolve(name + ".html");
      WholeFile.write(html, Templates.html(page));
      return html;
    } finally {
      lock.close();
    }
  }
}
