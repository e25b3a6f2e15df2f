package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class ReportTest {
  @TempDir Path folder;

  @Test
  void thePageIsOneFileAndModelTextIsEscaped() throws IOException {
    String html = Files.readString(ReportWriter.write(SampleRun.write(folder)));
    assertFalse(html.contains("<script"), "text of the model became markup");
    assertFalse(html.contains("<img src=x"), "text of the model became markup");
    assertTrue(html.contains("&lt;script&gt;"));
    assertTrue(html.contains("<polyline points="), "charts are drawn as lines");
    assertFalse(html.contains("src=\"http"));
  }

  @Test
  void thePageSaysWhatHappenedAndHowToMakeItAgain() throws IOException {
    ReportWriter.write(SampleRun.write(folder));
    String markdown = Files.readString(folder.resolve("report.md"));
    // No samples to pair here. mc1: 0.10 to 0.97 is +87.0; 1.96 * hypot(0.04, 0.04) = 0.1109
    assertTrue(
        markdown.contains(
            "micro\\_truth mc1, zero-shot: 10.0 → 97.0 (+87.0 points, 95 % interval +75.8 to"
                + " +98.2)"),
        markdown);
    // 0.900 to 0.903 with errors of 0.03 each
    assertTrue(markdown.contains("+0.3 points, 95 % interval -8.0 to +8.6); within noise"));
    assertTrue(markdown.contains("./soft4j run micro --rounds 3"));
    assertTrue(markdown.contains("unfinished 1"));
    assertTrue(markdown.contains("&lt;script&gt;"));
  }

  @Test
  void settingsCarryTheirOrigin() {
    ReportPage page = ReportWriter.page(SampleRun.write(folder));
    OriginPanel.Body origin = (OriginPanel.Body) page.body("origin");
    assertEquals(
        new OriginPanel.Setting("training.rank", "8", "preset micro"), origin.settings().get(3));
    LabelsPanel.Body labels = (LabelsPanel.Body) page.body("labels");
    assertEquals(
        "blue",
        labels.rounds().get(0).samples().get(0).demonstrations().get(0).response().split(" ")[4]);
  }

  /** Items alternate between wrong and right; the last round is the base with both exchanged. */
  @Test
  void changedAnswersAreCountedBothWays() {
    ReportPage page = ReportWriter.page(SampleRun.write(folder));
    ChangesPanel.Benchmark changes = ((ChangesPanel.Body) page.body("changes")).benchmarks().get(0);
    assertEquals("hostile right", changes.name() + " " + changes.metric());
    assertEquals(
        List.of(
            new ChangesPanel.Step("base → round 1", 0, 0, 6, 6),
            new ChangesPanel.Step("round 1 → round 2", 0, 0, 6, 6),
            new ChangesPanel.Step("round 2 → round 3", 6, 6, 0, 0),
            new ChangesPanel.Step("base → round 3", 6, 6, 0, 0)),
        changes.steps());
    assertEquals(5, changes.gained().size());
  }

  /** Such as one beyond the window: it hides no benchmark, and is neither right nor wrong. */
  @Test
  void anItemWithoutAScoreIsLeftOutOfWhatChanged() throws IOException {
    Path run = SampleRun.write(folder);
    for (int round = 0; round <= 3; round++) {
      Path samples = run.resolve("round-" + round + "/eval/hostile-0shot.jsonl");
      String first = Files.readAllLines(samples).get(0);
      String unscored = first.replaceFirst("\"metrics\":\\{[^}]*}", "\"metrics\":{}");
      Files.writeString(samples, Files.readString(samples).replace(first, unscored));
    }
    ChangesPanel.Benchmark changes =
        ((ChangesPanel.Body) ReportWriter.page(run).body("changes")).benchmarks().get(0);
    assertEquals("hostile right", changes.name() + " " + changes.metric());
    assertEquals(
        List.of(
            new ChangesPanel.Step("base → round 1", 0, 0, 6, 5),
            new ChangesPanel.Step("round 1 → round 2", 0, 0, 6, 5),
            new ChangesPanel.Step("round 2 → round 3", 5, 6, 0, 0),
            new ChangesPanel.Step("base → round 3", 5, 6, 0, 0)),
        changes.steps());
  }

  @Test
  void errorsOfLabelsStandByTypeAndRoundAndWhatWasNotCountedIsSaid() {
    LabelErrorsPanel.Body errors =
        (LabelErrorsPanel.Body) ReportWriter.page(SampleRun.write(folder)).body("label-errors");
    assertEquals(
        "Labels of round 1 were written by a version of soft4j that counted no errors.",
        errors.notes().get(1));
    LabelErrorsPanel.Grid all = errors.grids().get(0);
    assertEquals(List.of("round 2", "round 3"), all.columns());
    // 20 and 30 of 150; the form of these prompts is not known.
    assertEquals(
        List.of("13.3 % (20 of 150; 20 learned)", "20.0 % (30 of 150; 20 learned)"),
        all.rows().get(0).cells());
    assertEquals(List.of("–", "–"), all.rows().get(1).cells());
    assertEquals("Prompts of type " + SampleRun.EVIL, errors.grids().get(1).heading());
    assertEquals(2, errors.pictures().size());
  }

  @Test
  void aRunOfAnEarlierVersionHasNoTableOfErrorsAndSaysSo() throws IOException {
    Path run = SampleRun.write(folder);
    Files.delete(run.resolve("round-2/label_errors.csv"));
    Files.delete(run.resolve("round-3/label_errors.csv"));
    LabelErrorsPanel.Body errors =
        (LabelErrorsPanel.Body) ReportWriter.page(run).body("label-errors");
    assertEquals(
        List.of(
            "Labels of round 1; round 2; round 3 were written by a version of soft4j that counted"
                + " no errors."),
        errors.notes());
    assertEquals(List.of(), errors.grids());
  }

  @Test
  void severalRunsHaveTheirErrorsSideBySide() {
    Path one = SampleRun.write(folder.resolve("one"));
    Path two = SampleRun.write(folder.resolve("two"));
    LabelErrorsPanel.Body errors =
        (LabelErrorsPanel.Body) RunsPanel.page(List.of(one, two), folder).body("label-errors");
    List<LabelErrorsPanel.Row> rows = errors.grids().get(0).rows();
    assertEquals(4, rows.size());
    assertEquals(List.of("two", "round 3"), rows.get(3).names());
    // 30 of 150 and 40 of 200; no label has another error.
    assertEquals(List.of("labels", "wrong", "any"), errors.grids().get(0).columns());
    assertEquals(List.of("200", "20.0 %", "20.0 %"), rows.get(3).cells());
  }

  @Test
  void overlapsAreCountedBySourceAndBenchmark() {
    ReportPage page = ReportWriter.page(SampleRun.write(folder));
    ContaminationPanel.Body overlaps = (ContaminationPanel.Body) page.body("contamination");
    assertEquals(List.of("hostile", "open"), overlaps.benchmarks());
    assertEquals(
        new ContaminationPanel.Row("prompts", "", "2", "", List.of("2", "0")),
        overlaps.rows().get(0));
  }

  @Test
  void severalRunsStandSideBySide() throws IOException {
    Path one = SampleRun.write(folder.resolve("one"));
    Path two = SampleRun.write(folder.resolve("two"));
    String html = Files.readString(ReportWriter.write(List.of(one, two), folder));
    assertTrue(html.contains("2 runs side by side"), html);
    // Equal runs: a difference of 0, p 1.
    assertTrue(html.contains("+0.0 (+0.0 to +0.0)") && html.contains("1.0000"), html);
  }

  @Test
  void aFolderWithoutARunIsTheUsersError() {
    UserError error = assertThrows(UserError.class, () -> ReportWriter.write(folder));
    assertTrue(error.getMessage().contains("no run.json"));
  }
}
