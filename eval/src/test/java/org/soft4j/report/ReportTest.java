package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.error.UserError;

class ReportTest {
  @TempDir Path folder;

  @Test
  void thePageIsOneFileAndModelTextIsEscaped() throws IOException {
    String html = Files.readString(Report.write(SampleRun.write(folder)));
    assertFalse(html.contains("<script"), "text of the model became markup");
    assertTrue(html.contains("&lt;script&gt;"));
    assertTrue(html.contains("data:image/png;base64,"));
    assertFalse(html.contains("src=\"http"));
  }

  @Test
  void thePageSaysWhatHappenedAndHowToMakeItAgain() throws IOException {
    Report.write(SampleRun.write(folder));
    String markdown = Files.readString(folder.resolve("report.md"));
    // No samples to pair here. mc1: 0.10 to 0.97 is +87.0; 1.96 * hypot(0.04, 0.04) = 0.1109
    assertTrue(
        markdown.contains(
            "micro\\_truth mc1, zero-shot: 10.0 → 97.0 (+87.0 points, 95 % interval +75.9 to +98.1)"),
        markdown);
    // 0.900 to 0.903 with errors of 0.03 each
    assertTrue(markdown.contains("+0.3 points, 95 % interval -8.0 to +8.6); within noise"));
    assertTrue(markdown.contains("./soft4j run micro --rounds 3"));
    assertTrue(markdown.contains("unfinished 1"));
    assertTrue(markdown.contains("&lt;script&gt;"));
  }

  @Test
  void settingsCarryTheirOrigin() {
    ReportPage page = Report.page(SampleRun.write(folder));
    assertEquals(
        new ReportPage.Setting("training.rank", "8", "preset micro"), page.settings().get(3));
    assertEquals(
        "blue",
        page.rounds().get(0).samples().get(0).demonstrations().get(0).response().split(" ")[4]);
  }

  @Test
  void aFolderWithoutARunIsTheUsersError() {
    UserError error = assertThrows(UserError.class, () -> Report.write(folder));
    assertTrue(error.getMessage().contains("no run.json"));
  }
}
