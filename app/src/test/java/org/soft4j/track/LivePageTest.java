package org.soft4j.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.core.WholeFile;

class LivePageTest {
  @TempDir Path temp;

  private Instant now = Instant.EPOCH;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private String written() throws IOException {
    return Files.readString(temp.resolve("a<b/live.html"));
  }

  private LivePage begun() {
    Path run = RunFixture.begun(temp.resolve("a<b"));
    WholeFile.write(
        run.resolve("round-1/labels.jsonl"),
        "{\"prompt_id\":\"p\",\"type\":\"t\",\"prompt\":\"<script>alert(1)</script>\",\"demonstrations\":[],"
            + "\"response\":\"<img src=x>\",\"tokens\":1,\"finish\":\"length\",\"perplexity\":1.0,\"entropy\":1.0,\"seed\":1}\n");
    return new LivePage(run, "./soft4j run micro", Progress.SILENT, clock);
  }

  /** 30 in 20 s are 1.5/s; 70 are left, 46.7 s. */
  @Test
  void thePageSaysWhatIsDoneHowFastAndWhatIsLeftAndIsLoadedAgain() throws IOException {
    LivePage page = begun();
    page.start("measuring, base", 8, "items").close();
    Progress.Step step = page.start("labelling, round 1", 100, "prompts");
    now = now.plus(Duration.ofSeconds(20));
    step.advance(30);
    page.note("benchmarks  one (80 items),");
    page.note("            two; measured 4 times");
    page.note("a note");
    page.write();

    String text = written();
    assertTrue(text.contains("<meta http-equiv=\"refresh\" content=\"2\">"), text);
    assertTrue(text.contains("labelling, round 1: 30/100 prompts, 1.5/s, 46.7 s left"), text);
    assertTrue(text.contains("<progress max=\"100\" value=\"30\">"), text);
    assertTrue(text.contains("<td>measuring, base</td>"), text);
    assertTrue(text.contains("<li>a note</li>"), text);
    assertTrue(text.contains("(80 items), two; measured 4 times</li>"), text);
    assertTrue(text.contains("<td>truth mc1, 0-shot</td><td>25.0</td>"), text);
    assertTrue(text.contains("Last written: "), text);
  }

  @Test
  void whatAModelWroteIsTextAndNothingIsLoadedFromAnywhere() throws IOException {
    begun().write();

    String text = written();
    assertFalse(text.contains("<script"), text);
    assertFalse(text.contains("<img"), text);
    assertTrue(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; → &lt;img src=x&gt;"), text);
    assertTrue(text.contains("default-src 'none'"), text);
    assertTrue(text.contains("<title>a&lt;b</title>"), text);
  }

  @Test
  void theLastPageLeadsToTheReportOrSaysHowTheRunEnded() throws IOException {
    LivePage page = begun();
    page.ended(temp.resolve("a<b/report.html"));
    assertTrue(written().contains("content=\"0; url=report.html\""), written());

    LivePage other = begun();
    other.broken("The run was stopped.");
    assertTrue(written().contains("The run was stopped."), written());
    assertFalse(written().contains("refresh"), written());
  }

  @Test
  void aRunThatWasRefusedLeavesNoPage() {
    new LivePage(temp.resolve("none"), "c", Progress.SILENT, clock).write();
    assertEquals(false, Files.exists(temp.resolve("none")));
  }
}
