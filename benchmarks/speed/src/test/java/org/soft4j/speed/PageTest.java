package org.soft4j.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir Path folder;

  /** 100 tokens a second are four times the peer's best 25 (at batch 8), and 3.5 are wanted. */
  @Test
  void comparesWithThePeersBestSetting() {
    String page =
        page(
            measured("soft4j", "labelling", Map.of("tokens_s", 100.0), "32"),
            measured("peer", "labelling", Map.of("tokens_s", 20.0), "1"),
            measured("peer", "labelling", Map.of("tokens_s", 25.0), "8"));
    assertTrue(
        page.contains(
            "| labelling float32, times transformers float32 | ≥ 3.50 | 4.00 | reached |"),
        page);
  }

  /** 12 s against the harness' 200 s are 16.7 times, and 20 are wanted. */
  @Test
  void saysWhatIsMissed() {
    String page =
        page(
            measured("soft4j", "scoring", Map.of("seconds", 12.0), "64"),
            measured("peer", "scoring", Map.of("seconds", 200.0), "8"));
    assertTrue(
        page.contains("| scoring float32, times the harness | ≥ 20.0 | 16.7 | missed |"), page);
  }

  @Test
  void saysWhatWasNotMeasured() {
    assertTrue(
        page().contains("| scoring float32, times the harness | ≥ 20.0 |  | not measured |"));
  }

  /** The cost of 8, 16 and 32 prompts at 2 s each lies on a straight line. */
  @Test
  void fitsALineThroughTheSweep() {
    String page =
        page(
            measured(
                "soft4j",
                "sweep",
                Map.of(
                    "prompts_8",
                    16.0,
                    "prompts_16",
                    32.0,
                    "prompts_32",
                    64.0,
                    "rounds_1",
                    1.0,
                    "rounds_2",
                    2.0,
                    "rounds_3",
                    3.0),
                "0"));
    assertTrue(page.contains("A straight line, 0.00 s + 2.000 s each, explains 1.0000"), page);
  }

  @Test
  void readsTheLinesItWrites() {
    Path file = folder.resolve("results.jsonl");
    Measured line = measured("peer", "training", Map.of("tokens_s", 110.0), "1");
    line.appendTo(file);
    line.appendTo(file);
    assertEquals(List.of(line, line), Measured.read(file));
  }

  /** "abcd" and "abxd" share half of the text before the first difference. */
  @Test
  void measuresHowFarTextsAgree() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "{\"id\":\"a\",\"text\":\"abcd\"}\n");
    Path other = Files.writeString(folder.resolve("other"), "{\"id\":\"a\",\"text\":\"abxd\"}\n");
    assertEquals(new Agreement(1, 0, 0.5), Agreement.of(one, other));
    assertEquals(new Agreement(1, 1, 1), Agreement.of(one, one));
  }

  private String page(Measured... lines) {
    return new Page(new Comparison(List.of(lines)), new Work(folder), "a machine", "a commit")
        .markdown("2026-01-01");
  }

  private static Measured measured(
      String side, String figure, Map<String, Double> values, String batch) {
    return new Measured(
        side, figure, "float32", 2, values, List.of(), Map.of("batch", batch), Map.of("v", "1"));
  }
}
